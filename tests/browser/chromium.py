"""Drives a headless Chromium over a pipe, with the standard library alone: pages are opened from disk, with the network
off and their own policy in force."""
import json, os, select, subprocess, tempfile, time


class Browser:
    """One browser with one page."""

    def __init__(self, width=1400, height=1000, profile=None):
        """What the pages keep in the browser stays in `profile`; without one it is forgotten."""
        self.folder = tempfile.TemporaryDirectory()
        ours_out, theirs_in = os.pipe()
        theirs_out, ours_in = os.pipe()
        # The browser reads commands from its third file and writes answers into its fourth.
        # A moved copy keeps the numbers 3 and 4 free.
        high_out, high_in = os.dup(theirs_in), os.dup(theirs_out)
        # The tests click faster than people: without the flag for it the browser ignores all but 200 addresses in ten
        # seconds, and a number then opens nothing.
        command = ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars",
                   "--disable-background-networking", "--disable-component-update", "--disable-sync",
                   "--disable-dev-shm-usage", "--disable-ipc-flooding-protection",
                   "--proxy-server=127.0.0.1:9", "--remote-debugging-pipe",
                   f"--window-size={width},{height}", f"--user-data-dir={profile or self.folder.name}", "about:blank"]
        shell = f"exec 3<&{high_in} 4>&{high_out}; exec \"$@\""
        self.process = subprocess.Popen(["bash", "-c", shell, "browser"] + command, pass_fds=[high_in, high_out],
                                        stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        for fd in (theirs_in, theirs_out, high_in, high_out):
            os.close(fd)
        self.read_fd, self.write_fd, self.buffer, self.number, self.events = ours_out, ours_in, b"", 0, []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = None
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(domain + ".enable")
        self.resize(width, height)

    def call(self, method, **parameters):
        number = self.send(method, parameters)
        while True:
            answer = self.receive(60)
            if answer is None:
                raise TimeoutError(method)
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]

    def send(self, method, parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if getattr(self, "session", None):
            message["sessionId"] = self.session
        os.write(self.write_fd, json.dumps(message).encode() + b"\0")
        return self.number

    def receive(self, seconds):
        """The next message; events are kept, and a question whether to leave the page is answered with yes."""
        end = time.monotonic() + seconds
        while b"\0" not in self.buffer:
            ready, _, _ = select.select([self.read_fd], [], [], max(0, end - time.monotonic()))
            if not ready:
                return None
            self.buffer += os.read(self.read_fd, 1 << 20)
        line, self.buffer = self.buffer.split(b"\0", 1)
        message = json.loads(line)
        if "method" in message:
            self.events.append(message)
            if message["method"] == "Page.javascriptDialogOpening":
                self.send("Page.handleJavaScriptDialog", {"accept": True})
        return message

    def resize(self, width, height=1000):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500)

    def dark(self, on):
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark" if on else "light"}])

    def open(self, url, seconds=60, ready=True):
        """Opens a page and waits until it says that it is ready, where it is one that does."""
        self.call("Page.navigate", url=url)
        if ready:
            self.wait("document.documentElement?.dataset.ready === 'yes'", seconds)

    def eval(self, expression):
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise RuntimeError(details.get("exception", {}).get("description", details["text"]) + "\nin " + expression[:300])
        return answer["result"].get("value")

    def wait(self, expression, seconds=20):
        end = time.monotonic() + seconds
        while not self.eval(expression):
            if time.monotonic() > end:
                raise TimeoutError(expression)
            time.sleep(0.05)

    def key(self, key, code=None, text=None, modifiers=0):
        fields = {"key": key, "code": code or key, "modifiers": modifiers}
        if text:
            fields["text"] = text
        if key == "Enter":
            fields |= {"windowsVirtualKeyCode": 13, "text": "\r"}
        if key in ("Escape", "Tab"):
            fields["windowsVirtualKeyCode"] = {"Escape": 27, "Tab": 9}[key]
        self.call("Input.dispatchKeyEvent", type="keyDown", **fields)
        self.call("Input.dispatchKeyEvent", type="keyUp", **{k: v for k, v in fields.items() if k != "text"})

    def type(self, text):
        for letter in text:
            self.key(letter, text=letter)

    def put_file(self, selector, path):
        """Gives a file to a field for files."""
        found = self.call("Runtime.evaluate", expression=f"document.querySelector({json.dumps(selector)})")
        self.call("DOM.setFileInputFiles", files=[str(path)], objectId=found["result"]["objectId"])

    def downloads(self, folder):
        """Files that the page saves go into a folder."""
        self.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder))

    def nameless(self):
        """Controls that a screen reader could not name."""
        roles = {"button", "textbox", "combobox", "checkbox", "progressbar", "listbox", "option"}
        nodes = self.call("Accessibility.getFullAXTree")["nodes"]
        value = lambda node, part: node.get(part, {}).get("value", "")
        return [value(node, "role") for node in nodes
                if not node.get("ignored") and value(node, "role") in roles and not value(node, "name").strip()]

    def picture(self, path, whole=True, most=12000):
        import base64
        size = self.eval("[document.documentElement.clientWidth, document.documentElement.scrollHeight]")
        extra = {"captureBeyondViewport": True, "clip": {"x": 0, "y": 0, "width": size[0], "height": min(size[1], most), "scale": 1}} if whole else {}
        data = self.call("Page.captureScreenshot", format="png", **extra)["data"]
        path.write_bytes(base64.b64decode(data))

    def pdf(self, path):
        import base64
        data = self.call("Page.printToPDF", printBackground=True, preferCSSPageSize=False)["data"]
        path.write_bytes(base64.b64decode(data))

    def complaints(self):
        """Messages on the console, exceptions, and what the policy refused."""
        said = []
        for event in self.events:
            if event["method"] == "Runtime.consoleAPICalled":
                said.append("console: " + str([a.get("value", a.get("description")) for a in event["params"]["args"]]))
            elif event["method"] == "Runtime.exceptionThrown":
                details = event["params"]["exceptionDetails"]
                said.append("exception: " + details.get("exception", {}).get("description", details["text"]))
            elif event["method"] == "Log.entryAdded":
                said.append("log: " + event["params"]["entry"]["text"])
            elif event["method"] == "Network.requestWillBeSent" and event["params"]["request"]["url"].startswith("http"):
                said.append("request: " + event["params"]["request"]["url"])
        return said

    def close(self):
        try:
            self.session = None
            self.call("Browser.close")
        except (OSError, TimeoutError, RuntimeError):
            pass
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.folder.cleanup()
