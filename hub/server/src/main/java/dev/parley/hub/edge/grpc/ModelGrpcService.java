package dev.parley.hub.edge.grpc;

import com.google.protobuf.Timestamp;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Modality;
import dev.parley.core.model.Scope;
import dev.parley.hub.edge.http.Visible;
import dev.parley.hub.edge.http.Visitors;
import dev.parley.hub.registry.CatalogModel;
import dev.parley.hub.registry.ModelCatalog;
import dev.parley.proto.v1.Capability;
import dev.parley.proto.v1.GetModelRequest;
import dev.parley.proto.v1.ListModelsRequest;
import dev.parley.proto.v1.ListModelsResponse;
import dev.parley.proto.v1.Model;
import dev.parley.proto.v1.ModelServiceGrpc;
import dev.parley.proto.v1.ModelState;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Tells which models there are; answers from memory. */
final class ModelGrpcService extends ModelServiceGrpc.ModelServiceImplBase {

  private static final int PAGE_SIZE_MAX = 1_000;
  private static final int TOKEN_CHARS_MAX = 4_096;

  private final ModelCatalog catalog;
  private final CallFailures failures;

  ModelGrpcService(ModelCatalog catalog, CallFailures failures) {
    this.catalog = catalog;
    this.failures = failures;
  }

  @Override
  public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> caller) {
    ListModelsResponse page;
    try {
      page = page(request);
    } catch (HubException e) {
      caller.onError(failures.status(ServiceRequestContext.current(), e));
      return;
    }
    caller.onNext(page);
    caller.onCompleted();
  }

  @Override
  public void getModel(GetModelRequest request, StreamObserver<Model> caller) {
    Scope scope = Visitors.scope(ServiceRequestContext.current());
    CatalogModel model =
        catalog.find(request.getModel()).filter(found -> Visible.in(scope, found)).orElse(null);
    if (model == null) {
      HubError missing =
          new HubError.NotFound(
              HubError.NotFound.Kind.MODEL,
              request.getModel(),
              catalog.nearest(request.getModel()).filter(scope::allowsModel));
      caller.onError(failures.status(ServiceRequestContext.current(), missing));
      return;
    }
    caller.onNext(message(model));
    caller.onCompleted();
  }

  /**
   * A page token is the id of the last model given, so that pages stay right while models change.
   */
  private ListModelsResponse page(ListModelsRequest request) {
    String after = request.getPageToken().isEmpty() ? "" : lastId(request.getPageToken());
    int size = request.getPageSize() == 0 ? PAGE_SIZE_MAX : request.getPageSize();
    Scope scope = Visitors.scope(ServiceRequestContext.current());
    Set<Capability> wanted = Set.copyOf(request.getCapabilitiesList());
    List<Model> found =
        catalog.models().stream()
            .sorted(Comparator.comparing(CatalogModel::id))
            .filter(model -> model.id().compareTo(after) > 0)
            .filter(model -> Visible.in(scope, model))
            .map(ModelGrpcService::message)
            .filter(model -> model.getCapabilitiesList().containsAll(wanted))
            .filter(model -> isIn(request.getState(), model))
            .limit(size + 1L)
            .toList();
    ListModelsResponse.Builder page = ListModelsResponse.newBuilder();
    if (found.size() > size) {
      page.addAllModels(found.subList(0, size));
      page.setNextPageToken(token(found.get(size - 1).getId()));
    } else {
      page.addAllModels(found);
    }
    return page.build();
  }

  private static boolean isIn(ModelState wanted, Model model) {
    return wanted == ModelState.MODEL_STATE_UNSPECIFIED || wanted == model.getState();
  }

  private static String token(String lastId) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(("m:" + lastId).getBytes(StandardCharsets.UTF_8));
  }

  private static String lastId(String token) {
    if (token.length() <= TOKEN_CHARS_MAX) {
      try {
        byte[] bytes = Base64.getUrlDecoder().decode(token.getBytes(StandardCharsets.UTF_8));
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.startsWith("m:") && text.length() > 2) {
          return text.substring(2);
        }
      } catch (IllegalArgumentException _) {
        // Falls through to the refusal: it is not a token of ours.
      }
    }
    throw new HubException(
        new HubError.InvalidRequest("page_token", "an unknown token", "next_page_token of a page"));
  }

  static Model message(CatalogModel model) {
    Model.Builder message =
        Model.newBuilder()
            .setId(model.id())
            .addAllAliases(model.aliases())
            .setOwnedBy(model.ownedBy())
            .addAllInputModalities(names(model.inputs()))
            .addAllOutputModalities(names(model.outputs()))
            .addAllLanguages(model.languages())
            .setContextLength(model.contextLength().orElse(0))
            .setState(state(model.state()))
            .addAllBackends(model.backends())
            .setStreams(model.streams());
    model.capabilities().stream()
        .sorted()
        .map(capability -> Capability.valueOf("CAPABILITY_" + capability.name()))
        .forEach(message::addCapabilities);
    if (model.createdSeconds() > 0) {
      message.setCreateTime(Timestamp.newBuilder().setSeconds(model.createdSeconds()));
    }
    return message.build();
  }

  private static List<String> names(Set<Modality> modalities) {
    return modalities.stream().sorted().map(Modality::wireName).toList();
  }

  private static ModelState state(CatalogModel.State state) {
    return switch (state) {
      case UNKNOWN -> ModelState.MODEL_STATE_UNSPECIFIED;
      case REMOTE -> ModelState.MODEL_STATE_REMOTE;
      case LOADING -> ModelState.MODEL_STATE_LOADING;
      case READY -> ModelState.MODEL_STATE_READY;
      case FAILED -> ModelState.MODEL_STATE_FAILED;
    };
  }
}
