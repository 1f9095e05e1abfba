"""The format of sqlxc's lit tests; lit.cfg.py says what it means. A module of its own, because lit sends it to its workers."""
import os
import re
import sys

import lit.formats
import lit.Test
import lit.TestRunner

EMITS = {"syntax": "ast", "catalog": "catalog", "annotations": "catalog", "ir": "ir", "passes": "ir", "emit": "sources",
         "print": "catalog", "rules": "rules", "translate": "sources", "ddl": "sources"}


def complaint(name, text):
    """What is wrong with the file as a test, or None."""
    first = text.split("\n", 1)[0]
    if not re.match(r"(--|#) \S.*\S$", first) or "RUN:" in first:
        return "the first line must be the sentence that the test proves"
    if name.endswith(".sql") and "RUN:" not in text:
        must_fail = "expected-error" in text
        if must_fail != name.startswith("fail_"):
            return "a fail_ prefix marks a schema that must not compile, and only such a one"
    return None


class SqlTest(lit.formats.ShTest):
    def __init__(self, sqlxc, root):
        super().__init__(execute_external=False)
        self.sqlxc = sqlxc
        self.root = root

    def execute(self, test, lit_config):
        path = test.getSourcePath()
        with open(path, encoding="utf-8", errors="replace") as file:
            text = file.read()
        wrong = complaint(os.path.basename(path), text)
        if wrong:
            return lit.Test.Result(lit.Test.FAIL, wrong)
        emit = EMITS.get(os.path.relpath(path, self.root).split(os.sep)[0])
        command = f"{self.sqlxc} check --emit={emit}" if emit else self.sqlxc
        commands = []
        if "RUN:" not in text:
            commands.append(f"{self.sqlxc} check --emit={emit or 'catalog'} --verify %s")
            if re.search(r"(--|#) CHECK", text):
                commands.append("%sqlxc %s | FileCheck %s")
        return lit.TestRunner.executeShTest(test, lit_config, self.execute_external, [("%sqlxc", command), ("%python", sys.executable)], commands)
