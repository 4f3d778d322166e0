package dev.parley.hub.edge.grpc;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.HttpServiceWithRoutes;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.grpc.GrpcService;
import com.linecorp.armeria.server.grpc.HttpJsonTranscodingOptions;
import com.linecorp.armeria.server.grpc.HttpJsonTranscodingQueryParamMatchRule;
import dev.parley.hub.access.Keys;
import dev.parley.hub.edge.grpc.json.ProtoJson;
import dev.parley.hub.edge.usage.OwnUsage;
import dev.parley.hub.media.Media;
import dev.parley.hub.recognition.Recognition;
import dev.parley.hub.registry.ModelCatalog;
import dev.parley.hub.speakers.Speakers;
import dev.parley.hub.speech.Synthesis;
import dev.parley.hub.telemetry.SoundLog;
import dev.parley.hub.usage.UsageDesk;
import dev.parley.hub.voice.VoiceDirectory;
import dev.parley.proto.admin.v1.AdminServiceGrpc;
import dev.parley.proto.admin.v1.CreateKeyRequest;
import dev.parley.proto.admin.v1.ExportUsageRequest;
import dev.parley.proto.admin.v1.GetKeyRequest;
import dev.parley.proto.admin.v1.KeyServiceGrpc;
import dev.parley.proto.admin.v1.ListKeysRequest;
import dev.parley.proto.admin.v1.QueryUsageRequest;
import dev.parley.proto.admin.v1.RevokeKeyRequest;
import dev.parley.proto.admin.v1.RotateKeyRequest;
import dev.parley.proto.admin.v1.UpdateKeyRequest;
import dev.parley.proto.admin.v1.UsageServiceGrpc;
import dev.parley.proto.admin.v1.WatchStatusRequest;
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
import dev.parley.proto.v1.GetUsageRequest;
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
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoServiceDescriptorSupplier;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Puts the gRPC face together. */
public final class GrpcEdge {

  /** What a unary or first message may weigh unless configured otherwise. */
  public static final int MESSAGE_BYTES_MAX_DEFAULT = 32 << 20;

  /** Services of the schema that nothing serves yet. */
  private static final List<ServiceDescriptor> UNSERVED =
      List.of(RealtimeServiceGrpc.getServiceDescriptor());

  /** Services whose answers are wrong where a misspelt parameter of a query is left out. */
  private static final List<FileDescriptor> EXACT =
      List.of(
          WatchStatusRequest.getDescriptor().getFile(),
          ListKeysRequest.getDescriptor().getFile(),
          QueryUsageRequest.getDescriptor().getFile(),
          GetUsageRequest.getDescriptor().getFile());

  private GrpcEdge() {}

  /**
   * What administrators may do.
   *
   * @param keys whom the hub lets in; empty: that is not administered here
   * @param state how the hub is; empty where nobody may know
   * @param usage what was used; empty where nothing is noted
   * @param own what each caller may know of that; empty where nothing is noted
   */
  public record Administration(
      Optional<Keys> keys,
      Optional<HubState> state,
      Optional<UsageDesk> usage,
      Optional<OwnUsage> own) {

    /** Nothing. */
    public static final Administration NONE =
        new Administration(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

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
   * @param administration what administrators may do
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
      int messageBytesMax,
      Administration administration) {

    /** Without any administration. */
    public Parts(
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
      this(
          gateway,
          catalog,
          health,
          media,
          voices,
          sounds,
          synthesis,
          recognition,
          speakers,
          travellingHeaders,
          messageBytesMax,
          Administration.NONE);
    }

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
    return faces(parts).grpc();
  }

  /**
   * Both faces of what is made of the schema.
   *
   * @param grpc as {@link #build}
   * @param states the state of the hub as server-sent events; empty where nobody may know
   */
  public record Faces(HttpServiceWithRoutes grpc, Optional<HttpService> states) {}

  /** As {@link #build}, with what is served besides by plain HTTP. */
  public static Faces faces(Parts parts) {
    Optional<StatusTurns> turns = parts.administration().state().map(StatusTurns::new);
    return new Faces(grpc(parts, turns), turns.map(StatusEvents::new));
  }

  private static HttpServiceWithRoutes grpc(Parts parts, Optional<StatusTurns> turns) {
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
            QueryUsageRequest.getDefaultInstance(),
            ExportUsageRequest.getDefaultInstance(),
            GetUsageRequest.getDefaultInstance(),
            ListModelsRequest.getDefaultInstance(),
            GetModelRequest.getDefaultInstance(),
            ListVoicesRequest.getDefaultInstance(),
            GetVoiceRequest.getDefaultInstance(),
            CreateVoiceRequest.getDefaultInstance(),
            AddReferencesRequest.getDefaultInstance(),
            DeleteVoiceRequest.getDefaultInstance(),
            CreateKeyRequest.getDefaultInstance(),
            ListKeysRequest.getDefaultInstance(),
            GetKeyRequest.getDefaultInstance(),
            UpdateKeyRequest.getDefaultInstance(),
            RotateKeyRequest.getDefaultInstance(),
            RevokeKeyRequest.getDefaultInstance(),
            WatchStatusRequest.getDefaultInstance()));
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
    builder.addService(
        parts
            .administration()
            .keys()
            .<ServerServiceDefinition>map(keys -> new KeyGrpcService(keys, failures).bindService())
            .orElseGet(
                () -> NotConfiguredService.of(KeyServiceGrpc.getServiceDescriptor(), failures)));
    builder.addService(
        turns
            .map(watched -> AdminGrpcService.definition(watched, failures))
            .orElseGet(
                () -> NotConfiguredService.of(AdminServiceGrpc.getServiceDescriptor(), failures)));
    parts
        .administration()
        .usage()
        .ifPresentOrElse(
            desk -> builder.addService(new UsageGrpcService(desk, failures)),
            () ->
                builder.addService(
                    NotConfiguredService.of(UsageServiceGrpc.getServiceDescriptor(), failures)));
    parts
        .administration()
        .own()
        .ifPresentOrElse(
            own -> builder.addService(new OwnUsageGrpcService(own, failures)),
            () ->
                builder.addService(
                    NotConfiguredService.of(
                        dev.parley.proto.v1.UsageServiceGrpc.getServiceDescriptor(), failures)));
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
    return new TranscodedAnswers(
        service,
        failures,
        unexpected,
        new QueryNames(EXACT),
        paths(service),
        parts.messageBytesMax(),
        BodyPace.DEFAULT);
  }

  private static PathNames paths(GrpcService service) {
    return new PathNames(
        service.services().stream()
            .map(served -> served.getServiceDescriptor().getSchemaDescriptor())
            .filter(ProtoServiceDescriptorSupplier.class::isInstance)
            .map(ProtoServiceDescriptorSupplier.class::cast)
            .map(ProtoServiceDescriptorSupplier::getServiceDescriptor)
            .toList());
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
