"""The typed ORM as a program uses it: tests/e2e/orm/orm_test.cpp and the program of docs/orm.md, built as the manual says and run on
both databases."""
import fcntl
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import harness
import postgres

SERVICE = harness.compiled(harness.ROOT / "examples" / "blog" / "blog.sql").parent.parent
SOURCE = harness.ROOT / "tests" / "e2e" / "orm"


def built():
    """The folder with both programs."""
    compiler = Path(os.environ.get("SQLXC") or harness.ROOT / "out" / "bin" / "sqlxc").resolve()
    folder = SERVICE.parent / "orm"
    folder.mkdir(exist_ok=True)
    with open(folder.with_suffix(".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        manual = folder / "manual.cpp"
        text = re.search(r"```cpp\n(.*?)```", (harness.ROOT / "docs" / "orm.md").read_text(), re.S)[1]
        if not manual.exists() or manual.read_text() != text:
            manual.write_text(text)
        arguments = ["-G", "Ninja", f"-DSERVICE={SERVICE}", f"-DMANUAL={manual}",
                     f"-DCMAKE_PREFIX_PATH={compiler.parent.parent}"]
        if shutil.which("ccache"):
            arguments.append("-DCMAKE_CXX_COMPILER_LAUNCHER=ccache")
        subprocess.run(["cmake", "-S", SOURCE, "-B", folder, *arguments], check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["cmake", "--build", folder], check=True, stdout=subprocess.DEVNULL)
    return folder


class Orm(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = built()

    def run_on(self, url):
        done = subprocess.run([self.folder / "orm_test"], env={**os.environ, "ORM_DATABASE": url}, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_a_program_on_sqlite(self):
        with tempfile.TemporaryDirectory() as folder:
            self.run_on(f"{folder}/blog.db")

    def test_a_program_on_postgresql(self):
        if postgres.find_binaries() is None:
            self.skipTest("no PostgreSQL server is installed")
        with postgres.Server() as server:
            self.run_on(server.url())

    def test_the_program_of_the_manual(self):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run([self.folder / "manual"], cwd=folder, capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "On engines by Ada, 0 comments\n", ""))
            again = subprocess.run([self.folder / "manual"], cwd=folder, capture_output=True, text=True)
            self.assertEqual(again.returncode, 1, "the email is taken")


if __name__ == "__main__":
    unittest.main()
