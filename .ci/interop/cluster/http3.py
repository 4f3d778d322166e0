"""One request over HTTP/3, by an implementation that has nothing in common with Envoy's."""

import asyncio

from aioquic.asyncio.client import connect
from aioquic.asyncio.protocol import QuicConnectionProtocol
from aioquic.h3.connection import H3_ALPN, H3Connection
from aioquic.h3.events import DataReceived, HeadersReceived
from aioquic.quic.configuration import QuicConfiguration


class Asking(QuicConnectionProtocol):
    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self.http = H3Connection(self._quic)
        self.headers, self.body, self.over = {}, b"", asyncio.get_running_loop().create_future()

    def quic_event_received(self, event):
        for got in self.http.handle_event(event):
            if isinstance(got, HeadersReceived):
                self.headers |= {name.decode(): value.decode() for name, value in got.headers}
            elif isinstance(got, DataReceived):
                self.body += got.data
            if getattr(got, "stream_ended", False) and not self.over.done():
                self.over.set_result(None)

    async def ask(self, head, body):
        stream = self._quic.get_next_available_stream_id()
        self.http.send_headers(stream, [(n.encode(), v.encode()) for n, v in head.items()], end_stream=not body)
        if body:
            self.http.send_data(stream, body, end_stream=True)
        self.transmit()
        await asyncio.wait_for(self.over, 15)
        return self.headers, self.body


def request(port, ca, method, path, headers=(), body=b""):
    """The headers of the answer, `:status` among them, and its body."""
    async def go():
        configuration = QuicConfiguration(is_client=True, alpn_protocols=H3_ALPN, server_name="localhost")
        configuration.load_verify_locations(str(ca))
        async with connect("127.0.0.1", port, configuration=configuration, create_protocol=Asking) as client:
            head = {":method": method, ":scheme": "https", ":authority": f"localhost:{port}", ":path": path}
            return await client.ask(head | dict(headers), body)
    return asyncio.run(asyncio.wait_for(go(), 30))
