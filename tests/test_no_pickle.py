"""Nothing that is read back runs code: no pickle or its like anywhere, and what goes to a cluster is bytes that we made and check."""

from __future__ import annotations

import ast
import json
from concurrent.futures import Future
from typing import Any

import pytest
from builds import REPO
from test_cluster import jobs

from chungtay_reports.press import cluster, wire
from chungtay_reports.press.cluster import Cluster

FORBIDDEN = {
    "pickle",
    "cPickle",
    "_pickle",
    "dill",
    "cloudpickle",
    "joblib",
    "shelve",
    "copyreg",
    "jsonpickle",
}
# marshal may write what is only compared, byte by byte; nothing is ever read back with it
READERS = {
    "marshal.load",
    "marshal.loads",
    "read_pickle",
    "to_pickle",
    "allow_pickle",
    "yaml.load",
    "yaml.unsafe_load",
    "eval",
    "exec",
}


def test_no_module_of_the_program_knows_pickle() -> None:
    found = []
    for path in sorted((REPO / "chungtay_reports").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names = {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                names = {(node.module or "").partition(".")[0]}
            elif isinstance(node, ast.Call):
                names = {ast.unparse(node.func).rpartition(".")[2], ast.unparse(node.func)} & READERS
                names |= {keyword.arg or "" for keyword in node.keywords} & READERS
            else:
                continue
            where = f"{path.relative_to(REPO).as_posix()}:{node.lineno}"
            found += [f"{where} {name}" for name in names & (FORBIDDEN | READERS)]
    assert found == []


def test_a_cluster_is_sent_bytes_and_answers_bytes() -> None:
    sent: list[tuple[Any, ...]] = []

    class Executor:
        def submit(self, function: Any, *arguments: Any) -> Future[bytes]:
            sent.append((function, *arguments))
            return Future()

    there = Cluster("dask://127.0.0.1:8786")
    there._executor = Executor()  # type: ignore[assignment]
    (job,) = jobs(1)
    there.submit(job)
    ((function, frame, seconds),) = sent
    assert function is cluster.typeset_frame  # by name: the machines have the same program, and are asked for it first
    assert (type(frame), type(seconds)) == (bytes, type(job.seconds))
    size = int.from_bytes(frame[:8], "big")
    assert json.loads(frame[8 : 8 + size])["name"] == job.name
    assert frame == cluster._framed(*wire.pack(job))


@pytest.mark.parametrize("answer", [b"", b"\x80\x05N.", b"\0" * 8 + b"{}", b"\0\0\0\0\0\0\0\2{}", b"\0\0\0\0\0\0\0\2[]", b"\0\0\0\0\0\0\0\x18" + b'{"engine":1, "sizes":[]}', "text", {"pdf": b""}])  # fmt: skip
def test_an_answer_that_is_no_frame_is_refused(answer: Any) -> None:
    with pytest.raises(cluster.MachineError, match="hỏng trên đường"):
        cluster._checked(answer, jobs(1)[0])
