"""The people's side of the server: `/sim/…`, JSON, what a person with a phone would do and see."""

from aiohttp import web

from bot.demo.sim.looking import Looking
from bot.demo.sim.moving import Moving
from bot.demo.sim.side import spoken
from bot.demo.sim.speaking import Speaking
from bot.demo.world import World


def people_routes(world: World) -> list[web.RouteDef]:
    """All routes under /sim."""
    looking, speaking, moving = Looking(world), Speaking(world), Moving(world)
    chat, message = "/sim/chats/{chat:-?\\d+}", "/sim/chats/{chat:-?\\d+}/messages/{message:\\d+}"
    get = {
        "/sim/state": looking.state, f"{chat}/messages": looking.messages, f"{chat}/commands": looking.commands,
        "/sim/events": looking.events, "/sim/poll": looking.poll, "/sim/requests": looking.requests,
        "/sim/faults": moving.faults, "/sim/files/{file}": looking.file,
    }  # fmt: skip
    post = {
        f"{chat}/send": speaking.send, f"{chat}/upload": speaking.upload, f"{message}/press": speaking.press,
        f"{message}/edit": speaking.edit, f"{message}/react": speaking.react, f"{message}/vote": speaking.vote,
        f"{message}/delete": speaking.delete, "/sim/inline": speaking.inline, "/sim/people": moving.add_person,
        "/sim/people/{person:\\d+}": moving.change_person, "/sim/groups": moving.add_group,
        f"{chat}/bot": moving.move_bot, f"{chat}/member": moving.move_person, f"{chat}/migrate": moving.migrate,
        "/sim/faults": moving.faults,
        "/sim/release": moving.release, "/sim/reset": moving.reset,
    }  # fmt: skip
    routes = [web.get(path, spoken(route)) for path, route in get.items()]
    return routes + [web.post(path, spoken(route)) for path, route in post.items()]
