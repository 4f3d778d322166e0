package dev.parley.hub.edge.grpc;

import com.linecorp.armeria.server.HttpServiceWithRoutes;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.grpc.GrpcService;
import com.linecorp.armeria.server.grpc.HttpJsonTranscodingOptions;
import com.linecorp.armeria.server.grpc.HttpJsonTranscodingQueryParamMatchRule;
import dev.parley.hub.edge.grpc.json.ProtoJson;
import dev.parley.hub.media.Media;
import dev.parley.hub.recognition.Recognition;
import dev.parley.hub.registry.ModelCatalog;
import dev.parley.hub.speakers.Speakers;
import dev.parley.hub.speech.Synthesis;
import dev.parley.hub.telemetry.SoundLog;
import dev.parley.hub.voice.VoiceDirectory;
import dev.parley.proto.admin.v1.AdminServiceGrpc;
import dev.parley.proto.v1.AddReferencesRequest;
import dev.parley.proto.v1.CompleteRequest;
import dev.parley.proto.v1.CompleteTextRequest;
import dev.parley.proto.v1.ConvertRequest;
import dev.parley.proto.v1.CreateVoiceRequest;
import dev.parley.proto.v1.DeleteVoiceRequest;
import dev.parley.proto.v1.DenoiseRequest;
import dev.parley.proto.v1.DetectLanguageRequest;
import dev.parley.proto.v1.DetectSpeechRequest;
import dev.parley.proto.v1.DiarizeRequest;
import dev.parley.proto.v1.DownloadRequest;
import dev.parley.proto.v1.EmbedRequest;
import dev.parley.proto.v1.GetModelRequest;
import dev.parley.proto.v1.GetVoiceRequest;
import dev.parley.proto.v1.ListModelsRequest;
import dev.parley.proto.v1.ListVoicesRequest;
import dev.parley.proto.v1.RealtimeServiceGrpc;
import dev.parley.proto.v1.RecognizeRequest;
import dev.parley.proto.v1.StreamingDetectSpeechRequest;
import dev.parley.proto.v1.StreamingRecognizeRequest;
import dev.parley.proto.v1.StreamingSynthesizeRequest;
import dev.parley.proto.v1.SynthesizeRequest;
import dev.parley.proto.v1.VerifySpeakerRequest;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Puts the gRPC face together. */
public final class GrpcEdge {

  /** What a unary or first message may weigh unless configured otherwise. */
  public static final int MESSAGE_BYTES_MAX_DEFAULT = 32 << 20;

  /** Services of the schema that nothing serves yet. */
  private static final List<ServiceDescriptor> UNSERVED =
      List.of(RealtimeServiceGrpc.getServiceDescriptor(), AdminServiceGrpc.getServiceDescriptor());

  private GrpcEdge() {}

  /**
   * What the face is made of.
   *
   * @param gateway carries out chat, completion and embedding calls
   * @param catalog the models that callers can name
   * @param health what the health service answers
   * @param media what the hub does with sound itself
   * @param voices all voices that callers can name
   * @param sounds notes calls on sound
   * @param synthesis has texts spoken
   * @param recognition has speech written down
   * @param speakers tells speakers apart
   * @param travellingHeaders the caller's headers that may travel on to a backend, by lower-case
   *     name
   * @param messageBytesMax the largest message that is read, in bytes
   */
  public record Parts(
      DocumentGateway gateway,
      ModelCatalog catalog,
      HealthStatuses health,
      Media media,
      VoiceDirectory voices,
      SoundLog sounds,
      Synthesis synthesis,
      Recognition recognition,
      Speakers speakers,
      Function<ServiceRequestContext, Map<String, String>> travellingHeaders,
      int messageBytesMax) {
    public Parts {
      if (messageBytesMax < 1) {
        throw new IllegalArgumentException(
            "messageBytesMax: " + messageBytesMax + " (expected: 1 or more)");
      }
    }
  }

  /**
   * The service to mount with {@code ServerBuilder.service}: gRPC, gRPC-Web, reflection, health and
   * the transcoded JSON routes. It runs on event loops throughout. The server, or the mount, must
   * have {@code maxRequestLength(0)}: Armeria's limit counts a whole stream of requests, here each
   * message is limited instead, and each transcoded body. Compiles the value rules of the served
   * calls, which takes some hundred milliseconds: not for an event loop.
   */
  public static HttpServiceWithRoutes build(Parts parts) {
    CallFailures failures = new CallFailures();
    UnexpectedFailures unexpected = new UnexpectedFailures(failures, parts.messageBytesMax());
    ValidatingInterceptor validating = new ValidatingInterceptor(failures);
    validating.prepare(
        List.of(
            CompleteRequest.getDefaultInstance(),
            CompleteTextRequest.getDefaultInstance(),
            EmbedRequest.getDefaultInstance(),
            ConvertRequest.getDefaultInstance(),
            DenoiseRequest.getDefaultInstance(),
            DetectSpeechRequest.getDefaultInstance(),
            StreamingDetectSpeechRequest.getDefaultInstance(),
            DownloadRequest.getDefaultInstance(),
            SynthesizeRequest.getDefaultInstance(),
            StreamingSynthesizeRequest.getDefaultInstance(),
            RecognizeRequest.getDefaultInstance(),
            StreamingRecognizeRequest.getDefaultInstance(),
            DetectLanguageRequest.getDefaultInstance(),
            DiarizeRequest.getDefaultInstance(),
            VerifySpeakerRequest.getDefaultInstance(),
            ListModelsRequest.getDefaultInstance(),
            GetModelRequest.getDefaultInstance(),
            ListVoicesRequest.getDefaultInstance(),
            GetVoiceRequest.getDefaultInstance(),
            CreateVoiceRequest.getDefaultInstance(),
            AddReferencesRequest.getDefaultInstance(),
            DeleteVoiceRequest.getDefaultInstance()));
    Ssml.check("<speak/>"); // Loads the reader of XML, some ten milliseconds.
    ProtoJson json = new ProtoJson();
    var builder =
        GrpcService.builder()
            .addService(new ChatGrpcService(parts.gateway(), failures, parts.travellingHeaders()))
            .addService(new AudioGrpcService(parts.media(), parts.sounds(), failures))
            .addService(
                new VoiceGrpcService(
                    parts.voices(),
                    parts.catalog(),
                    parts.media().desk(),
                    parts.sounds(),
                    failures))
            .addService(SpeechGrpcService.definition(parts, failures))
            .addService(new ModelGrpcService(parts.catalog(), failures))
            .addService(parts.health().bindable())
            .addService(ProtoReflectionServiceV1.newInstance());
    UNSERVED.forEach(service -> builder.addService(NotConfiguredService.of(service, failures)));
    GrpcService service =
        builder
            .intercept(
                validating,
                new TurningAway(parts.health(), failures),
                new ErrorInterceptor(failures, unexpected))
            .exceptionHandler(unexpected)
            .maxRequestMessageLength(parts.messageBytesMax())
            .useBlockingTaskExecutor(false)
            .jsonMarshallerFactory(_ -> json)
            .enableHttpJsonTranscoding(transcoding(unexpected))
            .build();
    return new TranscodedAnswers(service, failures, unexpected, parts.messageBytesMax());
  }

  private static HttpJsonTranscodingOptions transcoding(UnexpectedFailures unexpected) {
    return HttpJsonTranscodingOptions.builder()
        .queryParamMatchRules(
            HttpJsonTranscodingQueryParamMatchRule.ORIGINAL_FIELD,
            HttpJsonTranscodingQueryParamMatchRule.JSON_NAME)
        .errorHandler((ctx, status, _) -> TranscodedAnswers.statusAnswer(ctx, status, unexpected))
        .build();
  }
}
