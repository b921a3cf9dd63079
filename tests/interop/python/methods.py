"""Every method of the official Python client against the simulated core. Each answer and event has all that the types
of 7.0.2 demand, with values of the right kind; the client's own types are not checked at run time, so this is.
"""

import asyncio
import ctypes
import inspect
import json
import pathlib
import tempfile

from simplex_chat import ChatApi, SqliteDb, _native, core, util

SCHEMA = json.loads(
    (pathlib.Path(__file__).resolve().parents[3] / "schema/simplex-chat-7.0.2.json").read_text()
)
# Where the core's own traffic is known to be otherwise than upstream's types say: schema/overlay.json has the reasons.
WIRE = {"FileProtocol": ["smp", "xftp", "local"], "ConnectionMode": ["inv", "con"]}
NOT_CHECKED = {("User", "agentUserId"), *((f"RcvFileStatus.{s}", "filePath") for s in ("accepted", "connected", "complete"))}
problems: dict[str, int] = {}


def check(kind: str, value: object, where: str) -> None:
    if kind.endswith("?"):
        kind = kind[:-1]
    if kind.startswith("["):
        if not isinstance(value, list):
            return problem(where, f"{value!r} is no list")
        for element in value:
            check(kind[1:].rstrip("+")[:-1], element, where)
    elif kind.startswith("{"):
        if not isinstance(value, dict):
            return problem(where, f"{value!r} is no object")
    elif kind in ("int", "int64", "word32"):
        if not isinstance(value, int) or isinstance(value, bool):
            problem(where, f"{value!r} is no number")
    elif kind == "bool":
        if not isinstance(value, bool):
            problem(where, f"{value!r} is no truth value")
    elif kind in ("string", "timestamp"):
        if not isinstance(value, str):
            problem(where, f"{value!r} is no text")
    elif kind in SCHEMA["types"]:
        of_type(kind, value, where)


def of_type(name: str, value: object, where: str) -> None:
    (kind, body), = SCHEMA["types"][name].items()
    if kind == "enum":
        if value not in WIRE.get(name, body):
            problem(f"{where} {name}", f"{value!r} is none of {body}")
        return
    if not isinstance(value, dict):
        return problem(f"{where} {name}", f"{value!r} is no object")
    if kind == "record":
        fields(name, body, value, where)
    elif value.get("type") in body:
        fields(f"{name}.{value['type']}", body[value["type"]], value, where)
    elif "unknown" not in body:
        problem(f"{where} {name}", f"no member {value.get('type')!r}")


def fields(name: str, body: dict[str, str], value: dict, where: str) -> None:
    for field, kind in body.items():
        if (name, field) in NOT_CHECKED:
            continue
        if field in value:
            check(kind, value[field], f"{where} {name}.{field}")
        elif not kind.endswith("?"):
            problem(f"{where} {name}", f"{field} is missing")


def problem(where: str, what: str) -> None:
    # The way there is of no interest, only where it ended.
    line = f"{' '.join(where.split()[-2:])}: {what}"
    problems[line] = problems.get(line, 0) + 1


def documented(value: dict, kind: str) -> dict:
    tag = value["type"]
    if tag in SCHEMA[kind]:
        fields(tag, SCHEMA[kind][tag], value, kind)
    return value


class Party:
    """One core with its events, all of them checked."""

    def __init__(self, api: ChatApi) -> None:
        self.api = api
        self.user = 0
        self.events: asyncio.Queue[dict] = asyncio.Queue()
        self.pump = asyncio.create_task(self.receive())

    async def receive(self) -> None:
        while True:
            try:
                event = await self.api.recv_chat_event(100_000)
            except core.ChatAPIError as error:
                of_type("ChatError", error.chat_error, "event")
                continue
            if event is not None:
                await self.events.put(documented(event, "events"))

    async def until(self, tag: str, wanted=lambda event: True) -> dict:
        while True:
            event = await asyncio.wait_for(self.events.get(), 10)
            if event["type"] == tag and wanted(event):
                return event

    async def message(self, text: str) -> dict:
        def is_it(event: dict) -> bool:
            return event["chatItems"][0]["chatItem"]["meta"]["itemText"] == text

        return (await self.until("newChatItems", is_it))["chatItems"][0]


called: set[str] = set()


def watched(api: ChatApi) -> ChatApi:
    send = api.send_chat_cmd

    async def checked(command: str) -> dict:
        try:
            return documented(await send(command), "responses")
        except core.ChatAPIError as error:
            of_type("ChatError", error.chat_error, f"answer to {command.split()[0]}")
            raise

    api.send_chat_cmd = checked  # type: ignore[method-assign]
    return api


class Noting:
    """The client's methods, and which of them were called."""

    def __init__(self, api: ChatApi) -> None:
        self.api = api

    def __getattr__(self, name: str):
        called.add(name)
        return getattr(self.api, name)


async def party(folder: str, name: str) -> tuple[Party, Noting]:
    api = watched(await ChatApi.init(SqliteDb(f"{folder}/{name}")))
    call = Noting(api)
    assert await call.api_get_active_user() is None
    user = await call.api_create_active_user({"displayName": name, "fullName": ""})
    await api.send_chat_cmd(
        "/set file paths " + json.dumps(dict.fromkeys(["appFilesFolder", "appTempFolder", "appAssetsFolder"], folder))
    )
    await call.start_chat()
    made = Party(api)
    made.user = user["userId"]
    return made, call


async def fails(awaitable, *tags: str) -> None:
    try:
        await awaitable
    except core.ChatAPIError as error:
        text = json.dumps(error.chat_error)
        assert all(tag in text for tag in tags), text
        return
    raise AssertionError(f"no {tags}")


async def users(alice: Party, call: Noting) -> None:
    first = alice.user
    assert await call.api_update_profile(first, {"displayName": "alice", "fullName": "Alice"}) is not None
    assert await call.api_update_profile(first, {"displayName": "alice", "fullName": "Alice"}) is None
    second = await call.api_create_active_user({"displayName": "second", "fullName": ""})
    assert len(await call.api_list_users()) == 2
    await fails(call.api_list_contacts(first), "differentActiveUser")
    await call.api_set_active_user(first)
    await call.api_delete_user(second["userId"], True)
    await call.api_set_auto_accept_member_contacts(first, False)


async def addresses(alice: Party, bob: Party, a: Noting, b: Noting) -> tuple[int, int]:
    """The contact that each is to the other."""
    assert await a.api_get_user_address(alice.user) is None
    await fails(a.api_delete_user_address(alice.user), "userContactLinkNotFound")
    link = await a.api_create_user_address(alice.user)
    address = util.contact_address_str(link)
    await a.api_set_profile_address(alice.user, True)
    await a.api_set_address_settings(alice.user, {"businessAddress": False})
    assert await a.api_get_user_address(alice.user) is not None
    plan, prepared = await b.api_connect_plan(bob.user, address)
    assert plan["type"] == "contactAddress", plan
    assert await b.api_connect(bob.user, False, prepared) == "contact"
    request = (await alice.until("receivedContactRequest"))["contactRequest"]["contactRequestId"]
    await a.api_reject_contact_request(request)
    await fails(a.api_accept_contact_request(request), "contactRequestNotFound")
    # Who is rejected is not told, and may ask again.
    assert await b.api_connect(bob.user, False, prepared) == "contact"
    request = (await alice.until("receivedContactRequest"))["contactRequest"]["contactRequestId"]
    await a.api_accept_contact_request(request)
    of_bob = (await alice.until("contactConnected"))["contact"]["contactId"]
    of_alice = (await bob.until("contactConnected"))["contact"]["contactId"]
    invitation = await a.api_create_link(alice.user)
    plan, _ = await b.api_connect_plan(bob.user, invitation)
    assert plan["type"] == "invitationLink", plan
    assert len(await a.api_list_contacts(alice.user)) == 1
    assert await b.api_connect_active_user(invitation) == "invitation"
    await alice.until("contactConnected")
    await bob.until("contactConnected")
    await a.api_set_contact_prefs(of_bob, {"voice": {"allow": "no"}})
    await a.api_set_contact_custom_data(of_bob, {"note": [1, "x"]})
    await a.api_set_contact_custom_data(of_bob)
    await a.api_delete_user_address(alice.user)
    return of_bob, of_alice


async def messages(alice: Party, bob: Party, a: Noting, b: Noting, to: int, back: int) -> None:
    sent = await a.api_send_text_message(["direct", to], "hello")
    item = sent[0]["chatItem"]["meta"]["itemId"]
    got = await bob.message("hello")
    assert util.ci_content_text(got["chatItem"]) == "hello"
    assert util.chat_info_ref(got["chatInfo"])["chatId"] == back
    await b.api_send_text_reply(got, "hello back")
    await alice.message("hello back")
    await a.api_update_chat_item("direct", to, item, {"type": "text", "text": "hello, edited"})
    edited = await bob.until("chatItemUpdated")
    reaction = {"type": "emoji", "emoji": "👍"}
    theirs = edited["chatItem"]["chatItem"]["meta"]["itemId"]
    reacted = await b.api_chat_item_reaction("direct", back, theirs, True, reaction)
    assert util.reaction_text(reacted) == "👍"
    await alice.until("chatItemReaction")
    both = [{"msgContent": {"type": "text", "text": text}, "mentions": {}} for text in ("one", "two")]
    assert len(await a.api_send_messages(["direct", to], both)) == 2
    await bob.message("two")
    await a.api_delete_chat_items("direct", to, [item], "broadcast")
    await bob.until("chatItemsDeleted")
    chat = await b.api_get_chat("direct", back, 20)
    assert len(chat["chatItems"]) > 5
    assert len(await b.api_get_chats(bob.user, {"type": "last", "count": 10})) >= 1
    await fails(a.api_send_text_message(["direct", 99], "nobody"), "contactNotFound")


async def files(folder: str, alice: Party, bob: Party, a: Noting, b: Noting, to: int) -> None:
    for name in ("taken.bin", "left.bin"):
        pathlib.Path(folder, name).write_bytes(b"x" * 1000)
        message = {
            "fileSource": {"filePath": name},
            "msgContent": {"type": "file", "text": name},
            "mentions": {},
        }
        sent = await a.api_send_messages(["direct", to], [message])
        file = (await bob.message(name))["chatItem"]["file"]["fileId"]
        if name == "left.bin":
            await a.api_cancel_file(sent[0]["chatItem"]["file"]["fileId"])
        else:
            await b.api_receive_file(file)
            await bob.until("rcvFileComplete")
    controller = a.api.ctrl
    path = f"{folder}/written"
    keys = await core.chat_write_file(controller, path, b"secret")
    assert await core.chat_read_file(path, keys) == b"secret"
    keys = await core.chat_encrypt_file(controller, f"{folder}/taken.bin", f"{folder}/sealed")
    await core.chat_decrypt_file(f"{folder}/sealed", keys, f"{folder}/opened")
    assert pathlib.Path(folder, "opened").read_bytes() == b"x" * 1000


async def groups(alice: Party, bob: Party, a: Noting, b: Noting, to: int) -> None:
    group = (await a.api_new_group(alice.user, {"displayName": "team", "fullName": ""}))["groupId"]
    await a.api_add_member(group, to, "member")
    invited = (await bob.until("receivedGroupInvitation"))["groupInfo"]["groupId"]
    await b.api_join_group(invited)
    await bob.until("userJoinedGroup")
    await alice.until("joinedGroupMember")
    members = await a.api_list_members(group)
    member = members[0]["groupMemberId"]
    await a.api_set_members_role(group, [member], "admin")
    await bob.until("memberRole")
    await a.api_update_group_profile(group, {"displayName": "team", "fullName": "The team"})
    await a.api_set_group_custom_data(group, {"a": 1})
    await a.api_set_group_custom_data(group)
    link = await a.api_create_group_link(group, "member")
    await a.api_set_group_link_member_role(group, "observer")
    assert await a.api_get_group_link_str(group) == link
    await a.api_get_group_link(group)
    await a.api_delete_group_link(group)
    await fails(a.api_get_group_link(group), "groupLinkNotFound")
    listed = await a.api_list_groups(alice.user)
    assert [found["groupId"] for found in listed] == [group]
    sent = await b.api_send_text_message(["group", invited], "spam")
    item = (await alice.message("spam"))["chatItem"]["meta"]["itemId"]
    assert sent
    await a.api_delete_member_chat_item(group, [item])
    await a.api_set_members_role(group, [member], "member")
    await a.api_block_members_for_all(group, [member], True)
    await a.api_block_members_for_all(group, [member], False)
    await fails(a.api_accept_member(group, member, "member"), "error")
    await fails(a.api_create_member_contact(group, member), "error")
    await fails(a.api_send_member_contact_invitation(to, "hello"), "error")
    await a.api_remove_members(group, [member])
    await bob.until("deletedMemberUser")
    await b.api_delete_chat("group", invited)
    await a.api_leave_group(group)
    await a.api_delete_chat("group", group)


def c_functions() -> None:
    """The functions of the library that the client does not use and others may."""
    lib = _native.lib()
    for name, arguments, expected in [
        ("chat_valid_name", ["@#bad'name"], "badname"),
        ("chat_parse_markdown", ["*bold*"], '{"formattedText":[{"format":{"type":"bold"},"text":"bold"}]}'),
        ("chat_parse_server", ["smp://bad"], '{"parseError":"Failed reading: non-canonical encoding detected at offset: 2"}'),
        ("chat_parse_uri", ["nonsense", 0], '{"parseError":"Invalid URI: MalformedScheme MissingColon"}'),
        ("chat_password_hash", ["pwd", "not base64!"], ""),
    ]:
        function = getattr(lib, name)
        function.restype = ctypes.c_void_p
        got = core._read_and_free(function(*[a.encode() if isinstance(a, str) else a for a in arguments]))
        assert got == expected, f"{name}: {got}"
    assert lib.chat_json_length(b'q"\\') == 5


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        alice, a = await party(folder, "alice")
        bob, b = await party(folder, "bob")
        await users(alice, a)
        to, back = await addresses(alice, bob, a, b)
        await messages(alice, bob, a, b, to, back)
        await files(folder, alice, bob, a, b, to)
        await groups(alice, bob, a, b, to)
        c_functions()
        await a.api_delete_chat("direct", to)
        await bob.until("contactDeletedByContact")
        for made, call in ((alice, a), (bob, b)):
            made.pump.cancel()
            await call.stop_chat()
            await call.close()
    every = {name for name, _ in inspect.getmembers(ChatApi, inspect.iscoroutinefunction) if name.startswith("api_")}
    assert not every - called, f"not called: {sorted(every - called)}"
    for line, times in sorted(problems.items()):
        print(f"{line} ({times} times)")
    assert not problems, "the simulated core's answers are not what 7.0.2 documents"
    print(f"{len(every)} methods of the official client: all answers and events are as documented")


asyncio.run(asyncio.wait_for(main(), 100))
