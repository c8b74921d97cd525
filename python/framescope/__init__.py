"""Compare how sources frame a conflict.

    import framescope as fs

    study = fs.Study(by=["source"])
    result = study.run(articles)          # a frame with a column `text`, a folder, or a list of dicts
    result["frame_frequency"]             # a table, as a frame of the same kind
    result.concordance(frame="blockade", voice="own")
    result                                # in a notebook: the report

`fs.read("output/")` gives the same for a folder that the program has written.
"""

from ._framescope import Error, __version__
from ._result import Result, read
from ._study import Study

__all__ = ["Error", "Result", "Study", "__version__", "read"]
