package dev.parley.hub.edge.audio;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.audio.TurnDetection;
import dev.parley.core.json.JsonWriter;
import dev.parley.hub.edge.http.AccessLog;
import dev.parley.hub.edge.http.KernelName;
import dev.parley.hub.edge.http.RequestIds;
import dev.parley.hub.edge.http.Visitors;
import dev.parley.hub.media.LocalSound;
import dev.parley.hub.media.Orders;
import dev.parley.hub.media.Speech;
import dev.parley.hub.telemetry.SoundLog;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;

/** A route that takes sound and answers with where speech is. */
public final class SpeechRoute implements HttpService {

  private static final List<String> SOURCE =
      List.of("file", "media", "input_format", "input_sample_rate", "input_channels", "model");
  private static final int MS_MAX = 86_400_000;

  private final SoundLog log;
  private final FormReader forms;
  private final LocalSound local;
  private final List<String> known;
  private final Function<Fields, TurnDetection> turns;
  private final Function<Speech, byte[]> write;

  private SpeechRoute(
      FormReader forms,
      LocalSound local,
      SoundLog log,
      List<String> own,
      Function<Fields, TurnDetection> turns,
      Function<Speech, byte[]> write) {
    this.log = log;
    this.forms = forms;
    this.local = local;
    this.known = Stream.concat(SOURCE.stream(), own.stream()).toList();
    this.turns = turns;
    this.write = write;
  }

  /** {@code /audio/vad} as a form, with the names of the schema and its answer. */
  public static SpeechRoute spans(FormReader forms, LocalSound local, SoundLog log) {
    return new SpeechRoute(
        forms,
        local,
        log,
        List.of(
            "threshold",
            "prefix_padding_ms",
            "silence_duration_ms",
            "min_speech_ms",
            "max_speech_ms"),
        fields ->
            new TurnDetection(
                fields.number("threshold", 0, 1),
                OptionalDouble.empty(),
                fields.whole("prefix_padding_ms", 0, MS_MAX),
                OptionalInt.empty(),
                fields.whole("silence_duration_ms", 0, MS_MAX),
                fields.whole("min_speech_ms", 0, MS_MAX),
                fields.whole("max_speech_ms", 0, MS_MAX)),
        SpeechRoute::seconds);
  }

  /**
   * {@code /v1/audio/speech/timestamps}: names and defaults as speaches has them, the answer a bare
   * list in whole milliseconds.
   */
  public static SpeechRoute timestamps(FormReader forms, LocalSound local, SoundLog log) {
    return new SpeechRoute(
        forms,
        local,
        log,
        List.of(
            "threshold",
            "neg_threshold",
            "min_speech_duration_ms",
            "max_speech_duration_s",
            "min_silence_duration_ms",
            "speech_pad_ms"),
        SpeechRoute::asSpeaches,
        SpeechRoute::milliseconds);
  }

  private static TurnDetection asSpeaches(Fields fields) {
    OptionalDouble longest = longest(fields);
    int pad = fields.whole("speech_pad_ms", 0, MS_MAX).orElse(0);
    return new TurnDetection(
        OptionalDouble.of(fields.number("threshold", 0, 1).orElse(0.75)),
        fields.number("neg_threshold", 0, 1),
        OptionalInt.of(pad),
        OptionalInt.of(pad),
        OptionalInt.of(fields.whole("min_silence_duration_ms", 0, MS_MAX).orElse(1_000)),
        OptionalInt.of(fields.whole("min_speech_duration_ms", 0, MS_MAX).orElse(0)),
        OptionalInt.of((int) Math.round(longest.orElse(0) * 1_000)));
  }

  /** Python's infinity means no limit. */
  private static OptionalDouble longest(Fields fields) {
    boolean endless =
        fields.text("max_speech_duration_s").filter(text -> text.startsWith("inf")).isPresent();
    return endless
        ? OptionalDouble.empty()
        : fields.number("max_speech_duration_s", 0, MS_MAX / 1_000.0);
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) {
    SoundAnswer answer =
        new SoundAnswer(
            ctx,
            log.begin(RequestIds.of(ctx), "detect", Visitors.caller(ctx)).of(AccessLog.visit(ctx)));
    var _ =
        forms
            .read(ctx, req)
            .whenComplete((form, failure) -> {
              if (failure != null) {
                answer.failed(failure);
                return;
              }
              answer.atTheEnd(form::close);
              if (!answer.isOver()) {
                look(answer, form);
              }
            });
    return answer.response();
  }

  private void look(SoundAnswer answer, Form form) {
    CompletableFuture<Speech> looking;
    try {
      form.fields().refuseOthers(known);
      looking =
          local.detect(
              new Orders.Detect(
                  form.sound(),
                  turns.apply(form.fields()),
                  form.fields().text("model").orElse("")));
    } catch (RuntimeException e) {
      answer.failed(e);
      return;
    }
    answer.atTheEnd(() -> looking.cancel(false));
    var _ =
        looking.whenCompleteAsync(
            (speech, failure) -> {
              if (failure != null) {
                answer.failed(failure);
              } else if (!answer.isOver()) {
                answer.noted().model(speech.model());
                KernelName.tell(answer.ctx(), speech.model());
                answer.whole(
                    HttpResponse.of(
                        HttpStatus.OK, MediaType.JSON, HttpData.wrap(write.apply(speech))));
              }
            },
            answer.ctx().eventLoop());
  }

  private static byte[] seconds(Speech speech) {
    JsonWriter json = new JsonWriter(256).beginObject().name("segments").beginArray();
    for (Speech.Stretch stretch : speech.spans()) {
      json.beginObject().name("start").value(stretch.start());
      json.name("end").value(stretch.end()).endObject();
    }
    json.endArray().name("duration").value(speech.seconds());
    return json.member("model", speech.model()).endObject().toBytes();
  }

  private static byte[] milliseconds(Speech speech) {
    JsonWriter json = new JsonWriter(256).beginArray();
    for (Speech.Stretch stretch : speech.spans()) {
      json.beginObject().member("start", Math.round(stretch.start() * 1_000));
      json.member("end", Math.round(stretch.end() * 1_000)).endObject();
    }
    return json.endArray().toBytes();
  }
}
