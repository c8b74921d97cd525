#!/usr/bin/env python3
"""Holds a score to its floors: floors.py SCORE.txt, lines `measure value (...)` as score.py prints them."""
import sys

AT_LEAST = {
    'actor_recall': 0.96, 'actor_precision': 0.96, 'actor_kind': 0.95, 'actor_span': 0.93, 'capital_as_place': 1.0,
    'frame_core_recall': 0.95, 'frame_precision': 0.85, 'zone_kept': 0.995, 'zone_dropped': 0.995,
    'sentence_recall': 0.98, 'sentence_precision': 0.98,
    'voice_accuracy': 0.90, 'not_own_precision': 0.90, 'not_own_recall': 0.85, 'agent_recall': 0.6, 'target_recall': 0.5,
}
AT_MOST = {'actor_count_error': 0.03, 'agent_wrong': 0.05, 'target_wrong': 0.05}

score = {}
for line in open(sys.argv[1], encoding='utf-8'):
    parts = line.split()
    if len(parts) >= 2 and (parts[0] in AT_LEAST or parts[0] in AT_MOST):
        score[parts[0]] = float(parts[1])
faults = [f'{name} was not measured' for name in [*AT_LEAST, *AT_MOST] if name not in score]
faults += [f'{name} {score[name]} is below {floor}' for name, floor in AT_LEAST.items() if name in score and not score[name] >= floor]
faults += [f'{name} {score[name]} is above {limit}' for name, limit in AT_MOST.items() if name in score and not score[name] <= limit]
for fault in faults:
    print('floor:', fault)
sys.exit(bool(faults))
