package dev.parley.hub.edge.grpc;

import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Capability;
import dev.parley.hub.edge.http.AccessLog;
import dev.parley.hub.edge.http.Visitors;
import dev.parley.hub.edge.voice.VoiceHeaders;
import dev.parley.hub.edge.voice.VoiceMessages;
import dev.parley.hub.media.MediaDesk;
import dev.parley.hub.registry.CatalogModel;
import dev.parley.hub.registry.ModelCatalog;
import dev.parley.hub.telemetry.SoundCall;
import dev.parley.hub.telemetry.SoundLog;
import dev.parley.hub.voice.NewReference;
import dev.parley.hub.voice.NewVoice;
import dev.parley.hub.voice.VoiceDirectory;
import dev.parley.hub.voice.VoiceFilter;
import dev.parley.hub.voice.VoiceQuery;
import dev.parley.proto.v1.AddReferencesRequest;
import dev.parley.proto.v1.CreateVoiceRequest;
import dev.parley.proto.v1.DeleteVoiceRequest;
import dev.parley.proto.v1.DeleteVoiceResponse;
import dev.parley.proto.v1.GetVoiceRequest;
import dev.parley.proto.v1.ListVoicesRequest;
import dev.parley.proto.v1.ListVoicesResponse;
import dev.parley.proto.v1.Voice;
import dev.parley.proto.v1.VoicePrompt;
import dev.parley.proto.v1.VoiceServiceGrpc;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The voice library. Runs on event loops and never waits. */
final class VoiceGrpcService extends VoiceServiceGrpc.VoiceServiceImplBase {

  private static final String NEXT_PAGE = "x-next-page-token";

  private final VoiceDirectory voices;
  private final ModelCatalog catalog;
  private final MediaDesk media;
  private final SoundLog log;
  private final CallFailures failures;

  VoiceGrpcService(
      VoiceDirectory voices,
      ModelCatalog catalog,
      MediaDesk media,
      SoundLog log,
      CallFailures failures) {
    this.voices = voices;
    this.catalog = catalog;
    this.media = media;
    this.log = log;
    this.failures = failures;
  }

  @Override
  public void listVoices(ListVoicesRequest request, StreamObserver<ListVoicesResponse> caller) {
    ServiceRequestContext ctx = ServiceRequestContext.current();
    answer(
        caller,
        "list_voices",
        () ->
            voices
                .list(filter(request))
                .thenApply(page -> {
                  if (!page.token().isEmpty()) {
                    ctx.setAdditionalResponseHeader(NEXT_PAGE, page.token());
                  }
                  return ListVoicesResponse.newBuilder()
                      .addAllVoices(page.voices().stream().map(VoiceMessages::message).toList())
                      .setNextPageToken(page.token())
                      .build();
                }));
  }

  private VoiceFilter filter(ListVoicesRequest request) {
    int size = request.getPageSize() == 0 ? VoiceQuery.SIZE_MAX : request.getPageSize();
    Optional<VoiceFilter.Model> model =
        request.getModel().isEmpty() ? Optional.empty() : Optional.of(model(request.getModel()));
    return new VoiceFilter(request.getLanguage(), model, size, request.getPageToken());
  }

  private VoiceFilter.Model model(String name) {
    CatalogModel model =
        catalog
            .find(name)
            .orElseThrow(() ->
                new HubException(
                    new HubError.NotFound(
                        HubError.NotFound.Kind.MODEL, name, catalog.nearest(name))));
    Set<String> names = new HashSet<>(model.aliases());
    names.add(model.id());
    names.add(name);
    return new VoiceFilter.Model(names, model.capabilities().contains(Capability.VOICE_CLONE));
  }

  @Override
  public void getVoice(GetVoiceRequest request, StreamObserver<Voice> caller) {
    answer(
        caller,
        "get_voice",
        () -> voices.get(request.getVoiceId()).thenApply(VoiceMessages::message));
  }

  @Override
  public void createVoice(CreateVoiceRequest request, StreamObserver<Voice> caller) {
    ServiceRequestContext ctx = ServiceRequestContext.current();
    TranscodedAnswers.created(ctx);
    answer(
        caller,
        "create_voice",
        () ->
            voices
                .library()
                .create(
                    new NewVoice(
                        request.getName(),
                        references(request.getReferencesList()),
                        request.getLanguagesList(),
                        request.getLabelsMap(),
                        request.getExtraJson()),
                    VoiceHeaders.idempotencyKey(headers(ctx)))
                .thenApply(VoiceMessages::message));
  }

  @Override
  public void addReferences(AddReferencesRequest request, StreamObserver<Voice> caller) {
    RequestHeaders headers = headers(ServiceRequestContext.current());
    answer(
        caller,
        "add_references",
        () ->
            voices
                .add(
                    request.getVoiceId(),
                    references(request.getReferencesList()),
                    VoiceHeaders.etag(headers),
                    VoiceHeaders.idempotencyKey(headers))
                .thenApply(VoiceMessages::message));
  }

  @Override
  public void deleteVoice(DeleteVoiceRequest request, StreamObserver<DeleteVoiceResponse> caller) {
    String inHeader = VoiceHeaders.etag(headers(ServiceRequestContext.current()));
    String etag = request.getEtag().isEmpty() ? inHeader : request.getEtag();
    answer(
        caller,
        "delete_voice",
        () ->
            voices
                .delete(request.getVoiceId(), etag)
                .thenApply(gone ->
                    DeleteVoiceResponse.newBuilder()
                        .setVoiceId(gone.id())
                        .setStatus("deleted")
                        .build()));
  }

  private static RequestHeaders headers(ServiceRequestContext ctx) {
    return ctx.request().headers();
  }

  private List<NewReference> references(List<VoicePrompt> prompts) {
    List<NewReference> references = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      VoicePrompt prompt = prompts.get(i);
      if (!prompt.hasAudio()) {
        throw new HubException(
            new HubError.InvalidRequest("references[" + i + "].audio", "not set", "the recording"));
      }
      references.add(
          new NewReference(AudioMessages.sound(prompt.getAudio(), media), prompt.getTranscript()));
    }
    return references;
  }

  private <T> void answer(
      StreamObserver<T> caller, String call, Supplier<CompletableFuture<T>> work) {
    ServiceRequestContext ctx = ServiceRequestContext.current();
    SoundCall noted =
        log.begin(failures.requestId(ctx), call, Visitors.caller(ctx)).of(AccessLog.visit(ctx));
    CompletableFuture<T> working;
    try {
      working = work.get();
    } catch (RuntimeException e) {
      failed(ctx, caller, noted, e);
      return;
    }
    var _ =
        working.whenCompleteAsync(
            (message, failure) -> {
              if (failure != null) {
                failed(ctx, caller, noted, failure);
              } else {
                noted.ended("ok");
                caller.onNext(message);
                caller.onCompleted();
              }
            },
            ctx.eventLoop().withoutContext());
  }

  private void failed(
      ServiceRequestContext ctx, StreamObserver<?> caller, SoundCall noted, Throwable failure) {
    noted.ended(failures.reason(ctx, failure));
    caller.onError(failures.status(ctx, failure));
  }
}
