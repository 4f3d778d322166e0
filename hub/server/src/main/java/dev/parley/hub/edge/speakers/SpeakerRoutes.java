package dev.parley.hub.edge.speakers;

import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.speakers.Diarization;
import dev.parley.core.speakers.SpeakerTurn;
import dev.parley.hub.edge.audio.Fields;
import dev.parley.hub.edge.audio.FileRule;
import dev.parley.hub.edge.audio.Form;
import dev.parley.hub.edge.audio.FormReader;
import dev.parley.hub.edge.audio.FormRule;
import dev.parley.hub.edge.grpc.json.ProtoJson;
import dev.parley.hub.edge.http.CallerHeaders;
import dev.parley.hub.edge.http.ForwardedHeaders;
import dev.parley.hub.edge.http.RequestIds;
import dev.parley.hub.edge.recognition.KnownSpeakers;
import dev.parley.hub.edge.speakers.SpeakerRoute.Document;
import dev.parley.hub.edge.speakers.SpeakerRoute.Request;
import dev.parley.hub.speakers.SpeakerOrder;
import dev.parley.hub.speakers.Speakers;
import dev.parley.hub.speakers.SpeakersWish;
import dev.parley.hub.telemetry.CallLog;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The routes by which speakers are asked about over HTTP; all of them are POST. */
public final class SpeakerRoutes {

  private static final String RTTM = "rttm";
  private static final String RTTM_TYPE = "x-rttm";
  private static final String RECORDING_ID = "audio";
  private static final String NUMBER = "num_speakers";

  private static final FormRule RECORDING =
      new FormRule(
          new FileRule(List.of("file"), 1, Long.MAX_VALUE, "", "file"),
          true,
          Set.of(KnownSpeakers.REFERENCES));
  private static final FormRule TWO =
      new FormRule(
          new FileRule(List.of("file1", "file2"), 2, Long.MAX_VALUE, "", "file1 and file2"),
          false,
          Set.of());

  private static final List<String> DIARIZED =
      List.of(
          "file",
          "media",
          "input_format",
          "input_sample_rate",
          "input_channels",
          "model",
          KnownSpeakers.NAMES,
          KnownSpeakers.REFERENCES);
  private static final List<String> COMPARED =
      List.of(
          "file1",
          "file2",
          "input_format",
          "input_sample_rate",
          "input_channels",
          "model",
          "threshold");

  /**
   * What the routes need.
   *
   * @param log notes what is refused here
   */
  public record Parts(Speakers speakers, FormReader forms, CallLog log) {}

  private final Parts parts;

  public SpeakerRoutes(Parts parts) {
    this.parts = parts;
  }

  /**
   * {@code /speakers/diarize} and {@code /api/diarization/process} as a form: the schema's answer,
   * or RTTM for whoever accepts that.
   */
  public HttpService diarize() {
    return new SpeakerRoute<>(
        parts,
        RECORDING,
        (form, ctx) -> {
          SpeakerOrder.Diarize order = order(form, ctx, KnownSpeakers.COUNTS);
          boolean rttm =
              ctx.request().headers().accept().stream()
                  .anyMatch(type -> type.subtype().equals(RTTM_TYPE));
          return request(order, rttm ? SpeakerRoutes::rttm : SpeakerRoutes::schema);
        });
  }

  /** {@code /v1/audio/diarization}, as speaches has it. */
  public HttpService asSpeaches() {
    return new SpeakerRoute<>(
        parts,
        RECORDING,
        (form, ctx) -> {
          SpeakerOrder.Diarize order = order(form, ctx, List.of("response_format"));
          String format =
              form.fields().word("response_format", List.of("json", RTTM)).orElse("json");
          return request(order, format.equals(RTTM) ? SpeakerRoutes::rttm : SpeakerRoutes::plain);
        });
  }

  private Request<Diarization> request(
      SpeakerOrder.Diarize order, Function<Diarization, Document> write) {
    return new Request<>(
        caller -> parts.speakers().diarize(order, caller.loop(), caller.patience()), write);
  }

  /** {@code /speakers/verify} as a form. */
  public HttpService verify() {
    return new SpeakerRoute<>(
        parts,
        TWO,
        (form, ctx) -> {
          form.fields().refuseOthers(COMPARED);
          SpeakerOrder.Verify order =
              new SpeakerOrder.Verify(
                  asker(form, ctx),
                  form.file("file1"),
                  form.file("file2"),
                  form.fields().number("threshold", -1, 1));
          return new Request<>(
              caller -> parts.speakers().verify(order, caller.loop(), caller.patience()),
              found -> json(ProtoJson.write(SpeakerMessages.response(found)).toBytes()));
        });
  }

  private static SpeakerOrder.Diarize order(
      Form form, ServiceRequestContext ctx, List<String> own) {
    Fields fields = form.fields();
    fields.refuseOthers(Stream.concat(DIARIZED.stream(), own.stream()).toList());
    SpeakersWish wish = KnownSpeakers.of(fields, true).orElse(SpeakersWish.NONE);
    if (wish.exactly().isPresent() && (wish.atLeast().isPresent() || wish.atMost().isPresent())) {
      throw Fields.invalid(
          NUMBER, "given beside min_speakers or max_speakers", "the number, or its bounds");
    }
    return new SpeakerOrder.Diarize(asker(form, ctx), form.sound(), wish);
  }

  private static SpeakerOrder.Asker asker(Form form, ServiceRequestContext ctx) {
    return new SpeakerOrder.Asker(
        form.fields().text("model").orElse(""),
        Json.EMPTY_OBJECT,
        RequestIds.of(ctx),
        ForwardedHeaders.of(ctx.request().headers()),
        CallerHeaders.of(ctx));
  }

  private static Document rttm(Diarization found) {
    return new Document(Rttm.MEDIA_TYPE, Rttm.write(found, RECORDING_ID));
  }

  private static Document schema(Diarization found) {
    return json(ProtoJson.write(SpeakerMessages.response(found)).toBytes());
  }

  private static Document plain(Diarization found) {
    JsonWriter json = new JsonWriter(256).beginObject();
    json.name("duration").value(found.seconds().orElse(0));
    json.name("segments").beginArray();
    for (SpeakerTurn turn : found.turns()) {
      json.beginObject().name("start").value(turn.start());
      json.name("end").value(turn.end());
      json.member("speaker", turn.speaker()).endObject();
    }
    return json(json.endArray().endObject().toBytes());
  }

  private static Document json(byte[] bytes) {
    return new Document(MediaType.JSON.toString(), bytes);
  }
}
