package dev.parley.hub.edge.grpc;

import static dev.parley.hub.edge.grpc.FakeGateway.chunk;
import static dev.parley.hub.edge.grpc.FakeGateway.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RequestInfo;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.client.grpc.GrpcClients;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.testing.junit5.server.ServerExtension;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Chunk;
import dev.parley.core.model.Modality;
import dev.parley.core.model.Target;
import dev.parley.core.time.Clock;
import dev.parley.hub.config.VoicesConfig;
import dev.parley.hub.edge.grpc.json.ProtoJson;
import dev.parley.hub.edge.http.RequestIds;
import dev.parley.hub.fake.FakeRecognition;
import dev.parley.hub.fake.FakeSynthesis;
import dev.parley.hub.fake.NoSpeakers;
import dev.parley.hub.media.Media;
import dev.parley.hub.media.Sound;
import dev.parley.hub.media.TestMedia;
import dev.parley.hub.registry.CatalogModel;
import dev.parley.hub.registry.ModelCatalog;
import dev.parley.hub.telemetry.CallLog;
import dev.parley.hub.telemetry.Metrics;
import dev.parley.hub.voice.LibraryVoice;
import dev.parley.hub.voice.NewReference;
import dev.parley.hub.voice.NewVoice;
import dev.parley.hub.voice.RecordingDesk;
import dev.parley.hub.voice.VoiceDirectory;
import dev.parley.hub.voice.VoiceLibrary;
import dev.parley.proto.v1.ChatServiceGrpc;
import dev.parley.proto.v1.CompleteRequest;
import dev.parley.proto.v1.CompleteResponse;
import dev.parley.proto.v1.CompleteTextRequest;
import dev.parley.proto.v1.ConverseRequest;
import dev.parley.proto.v1.ConverseResponse;
import dev.parley.proto.v1.CreateCallRequest;
import dev.parley.proto.v1.EmbedRequest;
import dev.parley.proto.v1.GetModelRequest;
import dev.parley.proto.v1.ListModelsRequest;
import dev.parley.proto.v1.ListModelsResponse;
import dev.parley.proto.v1.ModelServiceGrpc;
import dev.parley.proto.v1.RealtimeServiceGrpc;
import dev.parley.proto.v1.Sampling;
import dev.parley.testkit.sound.Babble;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.StatusProto;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcEdgeTest {

  private static final FakeGateway gateway = new FakeGateway();
  private static final HealthStatuses health = new HealthStatuses();
  private static final int MESSAGE_BYTES_MAX = 100_000;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it before the server is configured.
  static Path data;

  @SuppressWarnings("NullAway.Init") // set when the server is configured
  private static Media media;

  @SuppressWarnings("NullAway.Init") // set when the server is configured
  private static VoiceLibrary voices;

  @AfterAll
  static void closeMedia() throws IOException {
    voices.close();
    media.close();
  }

  @RegisterExtension
  static final ServerExtension server =
      new ServerExtension() {
        @Override
        protected void configure(ServerBuilder sb) {
          sb.maxRequestLength(0);
          sb.decorator(delegate -> new RequestIds(delegate, () -> "fresh-id"));
          media = TestMedia.in(data);
          Clock clock = Clock.system();
          voices =
              VoiceLibrary.open(
                  Optional.empty(),
                  data,
                  new RecordingDesk(media.sounds(), VoicesConfig.DEFAULT),
                  clock,
                  new SecureRandom()::nextLong,
                  _ -> {});
          Metrics metrics = new Metrics(List::of, List::of, List::of, clock);
          sb.service(
              GrpcEdge.build(
                  new GrpcEdge.Parts(
                      gateway,
                      new Catalog(),
                      health,
                      media,
                      new VoiceDirectory(
                          voices, () -> CompletableFuture.completedFuture(List.of())),
                      metrics.sounds(new CallLog(clock), clock),
                      new FakeSynthesis(),
                      new FakeRecognition(),
                      new NoSpeakers(),
                      _ -> Map.of(),
                      MESSAGE_BYTES_MAX)));
        }
      };

  @ParameterizedTest
  @ValueSource(strings = {"gproto+http", "gproto-web+http", "gproto-web-text+http", "gjson+http"})
  void answersUnaryCallsInEveryFormat(String format) {
    gateway.answers(whole("{'id':'1','choices':[{'index':0,'message':{'content':'hi'}}],'x':1}"));
    CompleteResponse response = chat(format).complete(CompleteRequest.getDefaultInstance());
    assertThat(response.getChoices(0).getMessage().getContent(0).getText()).isEqualTo("hi");
    assertThat(response.getExtraJson()).isEqualTo("{\"x\":1}");
    assertThat(gateway.call.join().requestId()).isEqualTo("fresh-id");
    assertThat(gateway.patience).isPositive();
  }

  @Test
  void streamsDeltasAndCountsOnceAtTheEnd() {
    gateway.answers(
        chunk("{'id':'1','choices':[{'index':0,'delta':{'content':'a'}}]}", Chunk.Kind.CONTENT),
        chunk(
            "{'id':'1','choices':[{'index':0,'delta':{},'finish_reason':'stop'}],"
                + "'usage':{'prompt_tokens':1}}",
            Chunk.Kind.FINISH),
        chunk("{'id':'1','choices':[],'usage':{'prompt_tokens':2}}", Chunk.Kind.USAGE));
    List<CompleteResponse> counted = stream(CompleteRequest.newBuilder().setIncludeUsage(true));
    assertThat(counted).hasSize(3);
    assertThat(counted.subList(0, 2)).noneMatch(CompleteResponse::hasUsage);
    assertThat(counted.get(2).getUsage().getPromptTokens()).isEqualTo(2);
    assertThat(counted.get(2).getId()).isEqualTo("1");
    List<CompleteResponse> uncounted = stream(CompleteRequest.newBuilder());
    assertThat(uncounted).noneMatch(CompleteResponse::hasUsage);
  }

  @Test
  void aWholeReplyStreamsAsOneDelta() {
    gateway.answers(whole("{'choices':[{'index':0,'message':{'content':'hi'}}]}"));
    assertThat(stream(CompleteRequest.newBuilder())).hasSize(1);
  }

  @Test
  void continuesTextsAndEmbeds() {
    gateway.answers(whole("{'choices':[{'index':0,'text':'t'}]}"));
    assertThat(
            chat("gproto+http")
                .completeText(CompleteTextRequest.getDefaultInstance())
                .getChoices(0)
                .getText())
        .isEqualTo("t");
    gateway.answers(whole("{'data':[{'index':0,'embedding':[1.5]}]}"));
    assertThat(
            chat("gproto+http")
                .embed(EmbedRequest.getDefaultInstance())
                .getEmbeddings(0)
                .getValues(0))
        .isEqualTo(1.5f);
  }

  @Test
  void aCallerThatLeavesCancelsTheCall() throws Exception {
    gateway.answers(i -> i == 0 ? chunk("{'id':'1','choices':[]}", Chunk.Kind.EMPTY) : "silence");
    Reader reader = new Reader(1);
    ChatServiceGrpc.ChatServiceStub stub =
        client("gproto+http", ChatServiceGrpc.ChatServiceStub.class);
    stub.streamComplete(CompleteRequest.getDefaultInstance(), reader);
    reader.first.get(10, TimeUnit.SECONDS);
    reader.cancel();
    gateway.cancelled.get(10, TimeUnit.SECONDS);
  }

  @Test
  void aSlowReaderStopsTheReading() throws Exception {
    String big = "x".repeat(64_000);
    gateway.answers(i ->
        i < 1_000
            ? chunk(
                "{'choices':[{'index':0,'delta':{'content':'" + big + "'}}]}", Chunk.Kind.CONTENT)
            : null);
    Reader reader = new Reader(1);
    client("gproto+http", ChatServiceGrpc.ChatServiceStub.class)
        .streamComplete(CompleteRequest.getDefaultInstance(), reader);
    reader.first.get(10, TimeUnit.SECONDS);
    long before = -1;
    while (before != gateway.sent.get()) {
      before = gateway.sent.get();
      new CompletableFuture<Void>().completeOnTimeout(null, 300, TimeUnit.MILLISECONDS).join();
    }
    assertThat(gateway.sent.get()).isLessThan(500);
    reader.more(2_000);
    reader.done.get(30, TimeUnit.SECONDS);
    assertThat(reader.count.get()).isEqualTo(1_000);
  }

  @Test
  void deadlinesReachTheGatewayAndTheCaller() {
    gateway.answers(_ -> "silence");
    StatusRuntimeException e =
        failure(() ->
            chat("gproto+http")
                .withDeadlineAfter(300, TimeUnit.MILLISECONDS)
                .complete(CompleteRequest.getDefaultInstance()));
    assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    assertThat(gateway.patience).isLessThan(Duration.ofSeconds(2));
    assertThat(gateway.cancelled).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void failuresHaveDetails() throws Exception {
    gateway.answers(
        chunk("{'choices':[{'index':0,'delta':{'content':'a'}}]}", Chunk.Kind.CONTENT),
        new HubException(
            new HubError.BackendFailed(
                new Target("b", "m"), OptionalInt.of(500), "broke", HubError.Reached.CALLER)));
    StatusRuntimeException e = failure(() -> stream(CompleteRequest.newBuilder()));
    assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    ErrorInfo info = detail(e, ErrorInfo.class);
    assertThat(info.getReason()).isEqualTo("BACKEND_FAILED");
    assertThat(info.getMetadataMap()).containsEntry("emitted", "true");
    assertThat(detail(e, RequestInfo.class).getRequestId()).isEqualTo("fresh-id");
    assertThat(Objects.requireNonNull(e.getTrailers()).get(ErrorInterceptor.REQUEST_ID))
        .isEqualTo("fresh-id");
  }

  @Test
  void faultsOfTheHubAreInternal() throws Exception {
    gateway.answers(new IllegalStateException("secret"));
    StatusRuntimeException e =
        failure(() -> chat("gproto+http").complete(CompleteRequest.getDefaultInstance()));
    assertThat(detail(e, ErrorInfo.class).getReason()).isEqualTo("INTERNAL");
    assertThat(e.getMessage()).doesNotContain("secret").contains("fresh-id");
  }

  @Test
  void refusesValuesOutOfRange() throws Exception {
    StatusRuntimeException e =
        failure(() ->
            chat("gproto+http")
                .complete(
                    CompleteRequest.newBuilder()
                        .setSampling(Sampling.newBuilder().setTemperature(3))
                        .build()));
    assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(detail(e, ErrorInfo.class).getReason()).isEqualTo("INVALID_FIELD");
    BadRequest.FieldViolation violation = detail(e, BadRequest.class).getFieldViolations(0);
    assertThat(violation.getField()).isEqualTo("sampling.temperature");
    assertThat(violation.getDescription()).contains("3.0").contains("expected");
  }

  @Test
  void refusesMessagesThatAreTooLarge() throws Exception {
    StatusRuntimeException e =
        failure(() ->
            chat("gproto+http")
                .complete(
                    CompleteRequest.newBuilder()
                        .setUser("x".repeat(MESSAGE_BYTES_MAX + 1))
                        .build()));
    assertThat(detail(e, ErrorInfo.class).getReason()).isEqualTo("TOO_LARGE");
    assertThat(e.getStatus().getDescription()).contains("server.request_bytes_max");
  }

  @Test
  void servicesWithoutABackendSaySo() throws Exception {
    RealtimeServiceGrpc.RealtimeServiceBlockingStub realtime =
        client("gproto+http", RealtimeServiceGrpc.RealtimeServiceBlockingStub.class);
    StatusRuntimeException e =
        failure(() -> realtime.createCall(CreateCallRequest.getDefaultInstance()));
    assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    assertThat(detail(e, ErrorInfo.class).getReason()).isEqualTo("NOT_CONFIGURED");
    CompletableFuture<Throwable> streamed = new CompletableFuture<>();
    client("gproto+http", RealtimeServiceGrpc.RealtimeServiceStub.class)
        .converse(
            new StreamObserver<ConverseResponse>() {
              @Override
              public void onNext(ConverseResponse value) {}

              @Override
              public void onError(Throwable t) {
                streamed.complete(t);
              }

              @Override
              public void onCompleted() {}
            })
        .onNext(ConverseRequest.getDefaultInstance());
    assertThat(Status.fromThrowable(streamed.get(10, TimeUnit.SECONDS)).getCode())
        .isEqualTo(Status.Code.UNIMPLEMENTED);
  }

  @Test
  void listsModelsInPages() throws Exception {
    ModelServiceGrpc.ModelServiceBlockingStub models =
        client("gproto+http", ModelServiceGrpc.ModelServiceBlockingStub.class);
    ListModelsRequest request = ListModelsRequest.newBuilder().setPageSize(1).build();
    ListModelsResponse first = models.listModels(request);
    ListModelsResponse second =
        models.listModels(request.toBuilder().setPageToken(first.getNextPageToken()).build());
    assertThat(first.getModels(0).getId()).isEqualTo("a");
    assertThat(second.getModels(0).getId()).isEqualTo("org/b");
    assertThat(second.getNextPageToken()).isEmpty();
    StatusRuntimeException e =
        failure(() -> models.listModels(request.toBuilder().setPageToken("?").build()));
    assertThat(detail(e, BadRequest.class).getFieldViolations(0).getField())
        .isEqualTo("page_token");
    StatusRuntimeException missing =
        failure(() -> models.getModel(GetModelRequest.newBuilder().setModel("c").build()));
    assertThat(detail(missing, ErrorInfo.class).getReason()).isEqualTo("MODEL_NOT_FOUND");
    assertThat(missing.getStatus().getDescription()).contains("did you mean 'a'");
  }

  @Test
  void transcodesModels() {
    WebClient web = server.webClient();
    AggregatedHttpResponse list = web.get("/api/models?capabilities=stt").aggregate().join();
    assertThat(list.contentUtf8())
        .startsWith("{\"models\":[{\"id\":\"org/b\"")
        .contains("\"context_length\":0", "\"state\":\"remote\"", "\"next_page_token\":\"\"");
    assertThat(list.headers().get("x-request-id")).isEqualTo("fresh-id");
    assertThat(list.headers().names().toString()).doesNotContain("grpc");
    assertThat(list.trailers()).isEmpty();
    assertThat(web.get("/api/models/org/b").aggregate().join().contentUtf8())
        .startsWith("{\"id\":\"org/b\"");
  }

  @Test
  void tellsTheIdOfAVoiceThatWasDeletedByItsName() {
    Sound recording = Sound.of(Babble.wav(24_000, 3, 1), AudioFormat.UNSTATED);
    LibraryVoice made =
        voices
            .create(
                new NewVoice(
                    "Anna", List.of(new NewReference(recording, "")), List.of(), Map.of(), ""),
                "")
            .join();
    AggregatedHttpResponse gone = server.webClient().delete("/voices/anna").aggregate().join();
    assertThat(gone.contentUtf8())
        .isEqualTo("{\"voice_id\":\"" + made.id() + "\",\"status\":\"deleted\"}");
  }

  @Test
  void transcodedFailuresAreJson() {
    WebClient web = server.webClient();
    assertFailure(web.get("/api/models/none").aggregate().join(), 404, "model_not_found");
    assertFailure(web.get("/api/models?page_size=x").aggregate().join(), 400, "invalid_value");
    assertFailure(web.get("/api/models?page_size=-1").aggregate().join(), 400, "invalid_value");
    assertFailure(web.get("/api/models?state=flying").aggregate().join(), 400, "invalid_value");
    assertFailure(web.get("/api/admin/status").aggregate().join(), 501, "not_configured");
    assertFailure(web.get("/voices/none").aggregate().join(), 404, "voice_not_found");
    HttpRequest broken =
        HttpRequest.of(HttpMethod.POST, "/voices", MediaType.JSON, HttpData.ofUtf8("{"));
    assertFailure(web.execute(broken).aggregate().join(), 400, "invalid_value");
  }

  @Test
  void acceptsTheCallersRequestId() {
    AggregatedHttpResponse answer =
        server
            .webClient(builder -> builder.addHeader("x-request-id", "mine"))
            .get("/api/models/a")
            .aggregate()
            .join();
    assertThat(answer.headers().get("x-request-id")).isEqualTo("mine");
  }

  @Test
  void tellsHealth() {
    health.backend("omni", true);
    health.backend("slow", false);
    HealthGrpc.HealthBlockingStub stub = client("gproto+http", HealthGrpc.HealthBlockingStub.class);
    assertThat(check(stub, "backends/omni")).isEqualTo(ServingStatus.SERVING);
    assertThat(check(stub, "backends/slow")).isEqualTo(ServingStatus.NOT_SERVING);
    assertThat(
            stub.watch(HealthCheckRequest.newBuilder().setService("x").build()).next().getStatus())
        .isEqualTo(ServingStatus.SERVICE_UNKNOWN);
    assertThatThrownBy(() -> check(stub, "x"))
        .satisfies(
            e -> assertThat(Status.fromThrowable(e).getCode()).isEqualTo(Status.Code.NOT_FOUND));
  }

  @Test
  void reflectionListsTheServices() throws Exception {
    CompletableFuture<List<String>> names = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> requests =
        client("gproto+http", ServerReflectionGrpc.ServerReflectionStub.class)
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse value) {
                    names.complete(
                        value.getListServicesResponse().getServiceList().stream()
                            .map(ServiceResponse::getName)
                            .toList());
                  }

                  @Override
                  public void onError(Throwable t) {
                    names.completeExceptionally(t);
                  }

                  @Override
                  public void onCompleted() {}
                });
    requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
    assertThat(names.get(10, TimeUnit.SECONDS))
        .contains("parley.v1.ChatService", "parley.v1.SpeechService", "grpc.health.v1.Health");
    requests.onCompleted();
  }

  private static ServingStatus check(HealthGrpc.HealthBlockingStub stub, String service) {
    return stub.check(HealthCheckRequest.newBuilder().setService(service).build()).getStatus();
  }

  private static void assertFailure(AggregatedHttpResponse answer, int status, String code) {
    assertThat(answer.contentUtf8()).contains("\"error\":{", "\"code\":\"" + code + "\"", "detail");
    assertThat(answer.status().code()).isEqualTo(status);
    assertThat(answer.contentType()).isEqualTo(MediaType.JSON);
    assertThat(answer.headers().names().toString()).doesNotContain("grpc");
  }

  private static List<CompleteResponse> stream(CompleteRequest.Builder request) {
    Iterator<CompleteResponse> answers = chat("gproto+http").streamComplete(request.build());
    Stream.Builder<CompleteResponse> all = Stream.builder();
    answers.forEachRemaining(all);
    return all.build().toList();
  }

  private static ChatServiceGrpc.ChatServiceBlockingStub chat(String format) {
    return client(format, ChatServiceGrpc.ChatServiceBlockingStub.class);
  }

  private static <T> T client(String format, Class<T> type) {
    return GrpcClients.builder(format.replace("+http", "+") + server.httpUri())
        .jsonMarshallerFactory(_ -> new ProtoJson())
        .maxResponseLength(0)
        .build(type);
  }

  private static StatusRuntimeException failure(ThrowingCallable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call);
  }

  private static <T extends Message> T detail(StatusRuntimeException e, Class<T> type)
      throws InvalidProtocolBufferException {
    com.google.rpc.Status status = Objects.requireNonNull(StatusProto.fromThrowable(e));
    for (Any any : status.getDetailsList()) {
      if (any.is(type)) {
        return any.unpack(type);
      }
    }
    throw new AssertionError(type + " is not among " + status.getDetailsList());
  }

  /** Reads as much as it is told. */
  private static final class Reader
      implements ClientResponseObserver<CompleteRequest, CompleteResponse> {
    final CompletableFuture<CompleteResponse> first = new CompletableFuture<>();
    final CompletableFuture<Void> done = new CompletableFuture<>();
    final AtomicInteger count = new AtomicInteger();
    private final int initial;
    private final CompletableFuture<ClientCallStreamObserver<CompleteRequest>> call =
        new CompletableFuture<>();

    Reader(int initial) {
      this.initial = initial;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<CompleteRequest> observer) {
      observer.disableAutoRequestWithInitial(initial);
      call.complete(observer);
    }

    void more(int n) {
      call.join().request(n);
    }

    void cancel() {
      call.join().cancel("enough", null);
    }

    @Override
    public void onNext(CompleteResponse value) {
      count.incrementAndGet();
      first.complete(value);
    }

    @Override
    public void onError(Throwable t) {
      done.completeExceptionally(t);
    }

    @Override
    public void onCompleted() {
      done.complete(null);
    }
  }

  private static final class Catalog implements ModelCatalog {
    @Override
    public List<CatalogModel> models() {
      return List.of(model("org/b", Capability.STT), model("a", Capability.CHAT));
    }

    @Override
    public Optional<CatalogModel> find(String idOrAlias) {
      return models().stream().filter(model -> model.id().equals(idOrAlias)).findFirst();
    }

    @Override
    public Optional<String> nearest(String name) {
      return Optional.of("a");
    }

    private static CatalogModel model(String id, Capability capability) {
      return new CatalogModel(
          id,
          List.of(),
          "me",
          0,
          Set.of(capability),
          Set.of(Modality.TEXT),
          Set.of(),
          List.of(),
          OptionalInt.empty(),
          List.of("b"),
          true,
          CatalogModel.State.REMOTE);
    }
  }
}
