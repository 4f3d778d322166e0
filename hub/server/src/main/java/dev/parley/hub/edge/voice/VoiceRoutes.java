package dev.parley.hub.edge.voice;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.json.JsonWriter;
import dev.parley.hub.edge.audio.Fields;
import dev.parley.hub.edge.audio.FileRule;
import dev.parley.hub.edge.audio.Form;
import dev.parley.hub.edge.audio.FormReader;
import dev.parley.hub.edge.audio.SoundAnswer;
import dev.parley.hub.edge.grpc.json.ProtoJson;
import dev.parley.hub.edge.http.AccessLog;
import dev.parley.hub.edge.http.RequestIds;
import dev.parley.hub.edge.http.Visitors;
import dev.parley.hub.telemetry.SoundLog;
import dev.parley.hub.voice.LibraryVoice;
import dev.parley.hub.voice.NewReference;
import dev.parley.hub.voice.NewVoice;
import dev.parley.hub.voice.VoiceDirectory;
import dev.parley.hub.voice.VoiceEntry;
import dev.parley.hub.voice.VoiceFilter;
import dev.parley.hub.voice.VoiceQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Voices over HTTP, where a form brings their recordings, and in the shapes of others. */
public final class VoiceRoutes {

  private static final List<String> TRANSCRIPTS = List.of("transcripts", "transcript");
  private static final List<String> CREATE =
      List.of("name", "transcripts", "transcript", "languages", "language", "consent");
  private static final List<String> OPEN_AI =
      List.of("name", "consent", "ref_text", "transcript", "language", "speaker_description");
  private static final int FILES_MAX = 10;
  private static final int LISTED_MAX = 10_000;

  private final VoiceDirectory voices;
  private final FormReader forms;
  private final SoundLog log;
  private final FileRule several;
  private final FileRule sample;
  private final FileRule prompt;

  /**
   * @param referenceBytesMax the largest recording
   */
  public VoiceRoutes(
      VoiceDirectory voices, FormReader forms, SoundLog log, long referenceBytesMax) {
    this.voices = voices;
    this.forms = forms;
    this.log = log;
    String limit = "voices.references_bytes_max";
    this.several =
        new FileRule(List.of("files", "file"), FILES_MAX, referenceBytesMax, limit, "references");
    this.sample =
        new FileRule(List.of("audio_sample"), 1, referenceBytesMax, limit, "audio_sample");
    this.prompt = new FileRule(List.of("audio"), 1, referenceBytesMax, limit, "audio");
  }

  /** {@code POST /voices} as a form. */
  public HttpService create() {
    return (ctx, req) ->
        form(
            ctx,
            req,
            new Call("create_voice", several, HttpStatus.CREATED),
            form -> {
              form.refuseOthers(CREATE);
              return voices
                  .library()
                  .create(
                      new NewVoice(
                          form.name(),
                          form.references(TRANSCRIPTS),
                          form.languages(),
                          form.labels(List.of("consent")),
                          ""),
                      VoiceHeaders.idempotencyKey(req.headers()))
                  .thenApply(VoiceRoutes::json);
            });
  }

  /** {@code POST /voices/{voice_id}/references} as a form. */
  public HttpService addReferences() {
    return (ctx, req) ->
        form(
            ctx,
            req,
            new Call("add_references", several, HttpStatus.OK),
            form -> {
              form.refuseOthers(TRANSCRIPTS);
              RequestHeaders headers = req.headers();
              String voice = String.valueOf(ctx.pathParam("voice_id"));
              return voices
                  .add(
                      voice,
                      form.references(TRANSCRIPTS),
                      VoiceHeaders.etag(headers),
                      VoiceHeaders.idempotencyKey(headers))
                  .thenApply(VoiceRoutes::json);
            });
  }

  /** {@code POST /v1/audio/voices}, as OpenAI and vLLM have it. */
  public HttpService createSample() {
    return (ctx, req) ->
        form(
            ctx,
            req,
            new Call("create_voice", sample, HttpStatus.OK),
            form -> {
              form.refuseOthers(OPEN_AI);
              return voices
                  .library()
                  .create(
                      new NewVoice(
                          form.name(),
                          form.references(List.of("ref_text", "transcript")),
                          form.languages(),
                          form.labels(List.of("consent", "speaker_description")),
                          ""),
                      VoiceHeaders.idempotencyKey(req.headers()))
                  .thenApply(VoiceRoutes::sampleJson);
            });
  }

  /**
   * {@code POST /v1/create_voice_prompt}: the same prompt is one voice, however often it is sent.
   */
  public HttpService createPrompt() {
    return (ctx, req) ->
        form(
            ctx,
            req,
            new Call("create_voice", prompt, HttpStatus.OK),
            form -> {
              form.refuseOthers(List.of("reference_text"));
              List<NewReference> references = form.references(List.of("reference_text"));
              if (references.isEmpty()) {
                throw Fields.invalid("audio", "missing", "the recording, in a part named audio");
              }
              NewReference given = references.getFirst();
              String inQuery = ctx.queryParams().get("reference_text", "");
              String said = given.transcript().isEmpty() ? inQuery : given.transcript();
              return voices
                  .library()
                  .prompt(new NewReference(given.sound(), said))
                  .thenApply(VoiceRoutes::promptJson);
            });
  }

  /** {@code GET /v1/audio/voices}: all names, and what is known of those made here. */
  public HttpService names() {
    return (ctx, req) -> {
      SoundAnswer answer =
          new SoundAnswer(
              ctx,
              log.begin(RequestIds.of(ctx), "list_voices", Visitors.caller(ctx))
                  .of(AccessLog.visit(ctx)));
      req.abort();
      var _ =
          all("", new ArrayList<>())
              .whenCompleteAsync(
                  (found, failure) -> {
                    if (failure != null) {
                      answer.failed(failure);
                    } else if (!answer.isOver()) {
                      answer.whole(json(HttpStatus.OK, namesJson(found)));
                    }
                  },
                  ctx.eventLoop());
      return answer.response();
    };
  }

  private CompletableFuture<List<VoiceEntry>> all(String token, List<VoiceEntry> before) {
    return voices
        .list(new VoiceFilter("", Optional.empty(), VoiceQuery.SIZE_MAX, token))
        .thenCompose(page -> {
          before.addAll(page.voices());
          return page.token().isEmpty() || before.size() >= LISTED_MAX
              ? CompletableFuture.completedFuture(before)
              : all(page.token(), before);
        });
  }

  /**
   * A call that brings a form.
   *
   * @param name for the log
   * @param success the status of its answer
   */
  private record Call(String name, FileRule files, HttpStatus success) {}

  private HttpResponse form(
      ServiceRequestContext ctx,
      HttpRequest req,
      Call call,
      Function<VoiceForm, CompletableFuture<byte[]>> work) {
    SoundAnswer answer =
        new SoundAnswer(
            ctx,
            log.begin(RequestIds.of(ctx), call.name(), Visitors.caller(ctx))
                .of(AccessLog.visit(ctx)));
    var _ =
        forms
            .read(ctx, req, call.files())
            .whenComplete((form, failure) -> {
              if (failure != null) {
                answer.failed(failure);
                return;
              }
              if (answer.isOver()) {
                form.close();
              } else {
                work(answer, call, form, work);
              }
            });
    return answer.response();
  }

  /**
   * A change that has begun goes on when its caller leaves, so the recordings stay until it is
   * done.
   */
  private static void work(
      SoundAnswer answer,
      Call call,
      Form form,
      Function<VoiceForm, CompletableFuture<byte[]>> work) {
    CompletableFuture<byte[]> working;
    try {
      working = work.apply(new VoiceForm(form));
    } catch (RuntimeException e) {
      form.close();
      answer.failed(e);
      return;
    }
    var _ =
        working.whenCompleteAsync(
            (body, failure) -> {
              form.close();
              if (failure != null) {
                answer.failed(failure);
              } else if (!answer.isOver()) {
                answer.whole(json(call.success(), body));
              }
            },
            answer.ctx().eventLoop());
  }

  private static HttpResponse json(HttpStatus status, byte[] body) {
    return HttpResponse.of(status, MediaType.JSON, HttpData.wrap(body));
  }

  private static byte[] json(LibraryVoice voice) {
    return ProtoJson.write(VoiceMessages.message(voice)).toBytes();
  }

  /** OpenAI's members, and vLLM's around them. */
  private static byte[] sampleJson(LibraryVoice voice) {
    JsonWriter json = new JsonWriter(512).beginObject().member("object", "audio.voice");
    json.member("id", voice.id()).member("name", voice.name());
    json.member("created_at", voice.createdAt().getEpochSecond()).member("success", true);
    json.name("voice");
    uploaded(json, voice);
    return json.endObject().toBytes();
  }

  private static byte[] promptJson(LibraryVoice voice) {
    JsonWriter json = new JsonWriter(128).beginObject().name("voice_prompt").beginObject();
    return json.member("voice_id", voice.id()).endObject().endObject().toBytes();
  }

  private static byte[] namesJson(List<VoiceEntry> voices) {
    JsonWriter json = new JsonWriter(1_024).beginObject().name("voices").beginArray();
    voices.forEach(voice -> json.value(VoiceMessages.message(voice).getName()));
    json.endArray().name("uploaded_voices").beginArray();
    for (VoiceEntry voice : voices) {
      if (voice instanceof VoiceEntry.Cloned(LibraryVoice own)) {
        uploaded(json, own);
      }
    }
    return json.endArray().endObject().toBytes();
  }

  private static void uploaded(JsonWriter json, LibraryVoice voice) {
    json.beginObject().member("name", voice.name()).member("voice_id", voice.id());
    json.member("created_at", voice.createdAt().getEpochSecond());
    String consent = voice.labels().get("consent");
    if (consent != null) {
      json.member("consent", consent);
    }
    String description = voice.labels().get("speaker_description");
    if (description != null) {
      json.member("speaker_description", description);
    }
    String said = voice.references().getFirst().transcript();
    if (!said.isEmpty()) {
      json.member("ref_text", said);
    }
    json.endObject();
  }
}
