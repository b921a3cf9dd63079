#!/usr/bin/env python3
"""Writes command vectors: generated parameters of every command, and the text that the official Python client makes
of them.

    python3 schema/vectors.py target/wheels/simplex_chat-7.0.2-py3-none-any.whl

Needs nothing but the wheel and the schema of the same version. The result is committed as
crates/simplex-types/tests/data/vectors.json; the same input gives the same output.
"""

import importlib
import json
import pathlib
import random
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PER_COMMAND = 12
INTEGERS = [1, 2, 4, 7, 10, 55, 1000, 2**31, 2**53 + 1, 2**63 - 1]
TEXTS = ["", "hi", "two words", "line\nbreak", "tab\tand \"quotes\" \\", "naïve – ünï", "😀 ok", "\u0001\u001f", "/_send @1", "<&>"]
WORDS = ["simplex:/contact#/?v=2-7&smp=smp%3A%2F%2Fabc", "https://smp6.simplex.im/a#x1", "team", "name_2"]
PATHS = ["/tmp/file.bin", "/tmp/with space.txt", "relative/ünï.jpg", "f"]


def main(wheel):
    version = pathlib.Path(wheel).name.split("-")[1]
    schema = json.loads((ROOT / "schema" / f"simplex-chat-{version}.json").read_text())
    sys.path.insert(0, wheel)
    # The client's package loads the native library; its types do not need it.
    package = importlib.util.module_from_spec(importlib.machinery.ModuleSpec("simplex_chat", None, is_package=True))
    package.__path__ = [f"{wheel}/simplex_chat"]
    sys.modules["simplex_chat"] = package
    commands = importlib.import_module("simplex_chat.types._commands")
    # Compact JSON, as everybody else writes it; the values are the same.
    dumps = json.dumps
    for module in (commands, commands.T):
        module.json = type("json", (), {"dumps": staticmethod(lambda v: dumps(v, separators=(",", ":"), ensure_ascii=False))})
    rng = random.Random(7)
    vectors = []
    for name, command in schema["commands"].items():
        seen = set()
        for _ in range(PER_COMMAND):
            params = fields(rng, schema, command["params"], 0)
            for key, text in params.items():
                # Outside JSON a text is written as it is: only what is a text there can be compared.
                if isinstance(text, str) and command["params"][key].rstrip("?") == "string" and key != "viewPwd":
                    params[key] = rng.choice(PATHS if key == "filePath" else WORDS)
            if name == "APIConnectPlan":
                params["connectTarget"] = rng.choice(WORDS)
            text = getattr(commands, f"{name}_cmd_string")(params)
            # Told apart by parameters: two that the client writes alike are what shows that it leaves one out.
            told = json.dumps(params)
            if told not in seen:
                seen.add(told)
                vectors.append({"command": name, "params": params, "text": text})
    out = ROOT / "crates/simplex-types/tests/data/vectors.json"
    lines = ",\n".join(json.dumps(v, ensure_ascii=False, separators=(",", ":")) for v in vectors)
    out.write_text(f"[\n{lines}\n]\n")
    print(f"{out}: {len(vectors)} vectors of {len(schema['commands'])} commands")


def fields(rng, schema, types, depth):
    made = {}
    for name, type_ in types.items():
        if type_.endswith("?") and rng.random() < 0.5:
            continue
        made[name] = value(rng, schema, type_.rstrip("?"), depth)
    return made


def value(rng, schema, type_, depth):
    if type_.startswith("["):
        least = 1 if type_.endswith("+") else 0
        inner = type_.rstrip("+")[1:-1]
        most = 3 if depth < 4 else least
        return [value(rng, schema, inner, depth + 1) for _ in range(rng.randint(least, most))]
    if type_.startswith("{"):
        keys = rng.sample(["alice", "bob", "ünï"], rng.randint(0, 2))
        return {key: value(rng, schema, type_[1:-1], depth + 1) for key in sorted(keys)}
    if type_ in ("int", "int64", "word32"):
        return rng.choice(INTEGERS[:7] if type_ != "int64" else INTEGERS)
    if type_ == "bool":
        return rng.random() < 0.5
    if type_ == "string":
        return rng.choice(TEXTS)
    if type_ == "timestamp":
        return rng.choice(["2026-11-21T03:17:01Z", "2026-11-21T03:17:01.104176134Z", "2026-01-01T00:00:00.5Z"])
    if type_ == "object":
        return rng.choice([{}, {"a": 1}, {"a": {"b": [1, "x", None]}, "c": "ü"}])
    kind, body = next(iter(schema["types"][type_].items()))
    if kind == "enum":
        # Upstream's spelling of these two is wrong, and no command takes them.
        return rng.choice(body)
    if kind == "record":
        made = fields(rng, schema, body, depth + 1)
        if type_ == "ChatRef" and made["chatType"] != "group":
            made.pop("chatScope", None)
        if type_ == "CreatedConnLink":
            made = {key: rng.choice(WORDS) for key in made}
        return made
    tags = [tag for tag in body if tag != "unknown" and not (depth > 4 and tag == "menu")]
    tag = rng.choice(tags)
    return {"type": tag} | fields(rng, schema, body[tag], depth + 1)


if __name__ == "__main__":
    import importlib.machinery
    import importlib.util

    main(*sys.argv[1:])
