package dev.parley.hub.edge.audio;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.json.JsonWriter;
import dev.parley.hub.edge.http.AccessLog;
import dev.parley.hub.edge.http.RequestIds;
import dev.parley.hub.edge.http.Visitors;
import dev.parley.hub.media.Incoming;
import dev.parley.hub.media.MediaDesk;
import dev.parley.hub.media.Stored;
import dev.parley.hub.telemetry.SoundLog;
import java.util.List;

/** Uploads as raw bodies: {@code POST /api/media} and {@code GET /api/media/{id}}. */
public final class MediaRoutes {

  private static final List<String> KNOWN =
      List.of("input_format", "input_sample_rate", "input_channels");

  private final MediaDesk media;
  private final SoundLog log;

  public MediaRoutes(MediaDesk media, SoundLog log) {
    this.media = media;
    this.log = log;
  }

  /** Keeps a body; what it is may be said in the query, as for headerless sound it must be. */
  public HttpService upload() {
    return this::upload;
  }

  /** Gives back the bytes of an upload, unchanged. */
  public HttpService download() {
    return this::download;
  }

  private HttpResponse upload(ServiceRequestContext ctx, HttpRequest req) {
    SoundAnswer answer =
        new SoundAnswer(
            ctx,
            log.begin(RequestIds.of(ctx), "upload", Visitors.caller(ctx)).of(AccessLog.visit(ctx)));
    AudioFormat declared;
    Incoming incoming;
    try {
      Fields query = new Fields();
      QueryParams params = ctx.queryParams();
      params.forEach((name, value) -> query.put(name, value));
      query.refuseOthers(KNOWN);
      declared = query.declared();
      incoming = media.receive(Math.max(0, req.headers().contentLength()));
    } catch (RuntimeException e) {
      req.abort();
      answer.failed(e);
      return answer.response();
    }
    answer.atTheEnd(incoming::drop);
    var _ =
        Spool.write(
                req.filter(HttpData.class::isInstance).map(HttpData.class::cast),
                ctx.eventLoop(),
                incoming)
            .thenCompose(_ -> incoming.keep(declared))
            .whenCompleteAsync(
                (stored, failure) -> {
                  if (failure != null) {
                    answer.failed(failure);
                  } else if (!answer.isOver()) {
                    answer.noted().bytes(stored.sizeBytes());
                    answer.whole(
                        HttpResponse.of(
                            HttpStatus.CREATED, MediaType.JSON, HttpData.wrap(json(stored))));
                  }
                },
                ctx.eventLoop());
    return answer.response();
  }

  private HttpResponse download(ServiceRequestContext ctx, HttpRequest req) {
    SoundAnswer answer =
        new SoundAnswer(
            ctx,
            log.begin(RequestIds.of(ctx), "download", Visitors.caller(ctx))
                .of(AccessLog.visit(ctx)));
    req.abort();
    String name = "media/" + ctx.pathParam("id");
    var _ =
        media
            .find(name)
            .whenCompleteAsync(
                (stored, failure) -> {
                  if (failure != null) {
                    answer.failed(failure);
                  } else if (ctx.method() == HttpMethod.HEAD) {
                    answer.whole(HttpResponse.of(head(stored)));
                  } else if (!answer.isOver()) {
                    send(answer, stored);
                  }
                },
                ctx.eventLoop());
    return answer.response();
  }

  private void send(SoundAnswer answer, Stored stored) {
    var _ =
        media
            .download(stored.name())
            .whenCompleteAsync(
                (made, failure) -> {
                  if (failure != null) {
                    answer.failed(failure);
                  } else if (answer.isOver()) {
                    made.pieces().discard();
                  } else {
                    made.pieces().subscribe(new PieceRelay(answer, head(stored)));
                  }
                },
                answer.ctx().eventLoop());
  }

  private static ResponseHeaders head(Stored stored) {
    return SoundRoute.head(stored.format()).toBuilder()
        .contentLength(stored.sizeBytes())
        .set(HttpHeaderNames.ETAG, "\"" + stored.sha256() + "\"")
        .set(HttpHeaderNames.CACHE_CONTROL, "private, immutable")
        // Whatever somebody left is never taken for a page.
        .set(HttpHeaderNames.CONTENT_DISPOSITION, "attachment")
        .set("x-content-type-options", "nosniff")
        .build();
  }

  private static byte[] json(Stored stored) {
    JsonWriter json = new JsonWriter(384).beginObject().member("name", stored.name());
    AudioFormat format = stored.format();
    if (!format.equals(AudioFormat.UNSTATED)) {
      json.name("format").beginObject();
      json.member("encoding", format.encoding().map(AudioEncoding::wireName).orElse("unspecified"));
      json.member("sample_rate_hz", format.sampleRateHz());
      json.member("channel_count", format.channels());
      json.member("bit_rate_bps", format.bitRateBps()).endObject();
    }
    json.member("size_bytes", stored.sizeBytes()).name("duration").value(stored.seconds());
    json.member("sha256", stored.sha256());
    return json.member("expire_time", stored.expireTime().toString()).endObject().toBytes();
  }
}
