"""The official Python client against the simulated core: its bot squares numbers, its own Client asks.

Roles: `bot` prints its address and serves; `client LINK` asks a bot somewhere and checks the answers; `both` does
both in one process.
"""

import asyncio
import re
import sys
import tempfile

from simplex_chat import Bot, BotProfile, Client, Message, Profile, SqliteDb, TextMessage


def make_bot(folder: str) -> Bot:
    bot = Bot(
        profile=BotProfile(display_name="Squaring bot"),
        db=SqliteDb(file_prefix=f"{folder}/squaring_bot"),
        welcome="Send me a number.",
    )

    @bot.on_message(content_type="text", text=re.compile(r"^-?\d+$"))
    async def square(msg: TextMessage) -> None:
        n = int(msg.text or "0")
        await msg.reply(f"{n} * {n} = {n * n}")

    @bot.on_message(content_type="text")
    async def other(msg: Message) -> None:
        await msg.reply("Not a number.")

    @bot.on_command("help")
    async def help_command(msg: Message, _cmd: object) -> None:
        await msg.reply("Send me a number.")

    return bot


async def address(bot: Bot) -> str:
    user = await bot.api.api_get_active_user()
    link = await bot.api.api_get_user_address(user["userId"])
    contact_link = link["connLinkContact"]
    return contact_link.get("connShortLink") or contact_link["connFullLink"]


async def ask(link: str, folder: str, expect: str) -> None:
    async with Client(profile=Profile(display_name="Asker"), db=SqliteDb(file_prefix=f"{folder}/asker")) as client:
        serving = asyncio.create_task(client.serve_forever())
        await asyncio.sleep(0)  # connect_to wants that task to be under way
        contact = await client.connect_to(link, timeout=20)
        for n in (7, -12, 0, 1000):
            reply = await client.send_and_wait(contact["contactId"], str(n), timeout=20)
            wanted = expect.format(n=n, square=n * n)
            assert wanted in (reply.text or ""), f"{n}: {reply.text!r}, not {wanted!r}"
            print(f"asked {n}: {reply.text}")
        client.stop()
        await serving


async def main() -> None:
    role = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        if role == "client":
            await ask(sys.argv[2], folder, sys.argv[3] if len(sys.argv) > 3 else "{square}")
            return
        async with make_bot(folder) as bot:
            serving = asyncio.create_task(bot.serve_forever())
            link = await address(bot)
            if role == "both":
                await ask(link, folder, "{n} * {n} = {square}")
                bot.stop()
            else:
                print(link, flush=True)
            await serving
    print("ok")


asyncio.run(asyncio.wait_for(main(), 120))
