package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.cnpg.cluster.Cluster;
import dev.pgtrickle.crds.FieldManagers;
import dev.pgtrickle.crds.Finalizers;
import dev.pgtrickle.crds.streamtable.StreamTable;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the framework calls for the kind StreamTable: nothing but the order of the four steps. */
@Singleton
@ControllerConfiguration(
    name = "streamtable",
    finalizerName = Finalizers.STREAM_TABLE,
    fieldManager = FieldManagers.OPERATOR,
    generationAwareEventProcessing = false,
    informer = @Informer(onUpdateFilter = WhatChanged.class))
@GradualRetry(
    maxAttempts = -1,
    initialInterval = 2_000,
    intervalMultiplier = 2,
    maxInterval = 300_000)
public final class StreamTableReconciler implements Reconciler<StreamTable>, Cleaner<StreamTable> {
  private static final String BY_CLUSTER = "by-cluster";

  private final StreamTableSteps steps;
  private final TableNews news;

  StreamTableReconciler(StreamTableSteps steps, TableNews news) {
    this.steps = steps;
    this.news = news;
  }

  @Override
  public List<EventSource<?, StreamTable>> prepareEventSources(
      EventSourceContext<StreamTable> context) {
    SimpleInboundEventSource<StreamTable> engine = new SimpleInboundEventSource<>("engine");
    news.wakes(table -> engine.propagateEvent(new ResourceID(table.name(), table.namespace())));
    context.getPrimaryCache().addIndexer(BY_CLUSTER, StreamTableReconciler::clusterKey);
    InformerEventSource<Cluster, StreamTable> clusters =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(Cluster.class, StreamTable.class)
                .withSecondaryToPrimaryMapper(cluster -> tablesOf(cluster, context))
                .withPrimaryToSecondaryMapper(StreamTableReconciler::clusterOf)
                .withNamespacesInheritedFromController()
                .build(),
            context);
    return List.of(engine, clusters);
  }

  @Override
  public UpdateControl<StreamTable> reconcile(StreamTable resource, Context<StreamTable> context) {
    Cluster cluster = context.getSecondaryResource(Cluster.class).orElse(null);
    return UpdateControl.<StreamTable>noUpdate()
        .rescheduleAfter(steps.reconcile(resource, cluster));
  }

  @Override
  public DeleteControl cleanup(StreamTable resource, Context<StreamTable> context) {
    Cluster cluster = context.getSecondaryResource(Cluster.class).orElse(null);
    return steps
        .leave(resource, cluster)
        .map(again -> DeleteControl.noFinalizerRemoval().rescheduleAfter(again))
        .orElseGet(DeleteControl::defaultDelete);
  }

  private static Set<ResourceID> tablesOf(
      Cluster cluster, EventSourceContext<StreamTable> context) {
    return context
        .getPrimaryCache()
        .byIndex(
            BY_CLUSTER, key(cluster.getMetadata().getNamespace(), cluster.getMetadata().getName()))
        .stream()
        .map(ResourceID::fromResource)
        .collect(Collectors.toSet());
  }

  private static Set<ResourceID> clusterOf(HasMetadata primary) {
    return primary instanceof StreamTable table && clusterName(table) != null
        ? Set.of(new ResourceID(clusterName(table), table.getMetadata().getNamespace()))
        : Set.of();
  }

  private static List<String> clusterKey(StreamTable table) {
    String name = clusterName(table);
    return name == null ? List.of() : List.of(key(table.getMetadata().getNamespace(), name));
  }

  private static String key(String namespace, String name) {
    return namespace + "/" + name;
  }

  private static @Nullable String clusterName(StreamTable table) {
    return table.getSpec() == null || table.getSpec().cluster() == null
        ? null
        : table.getSpec().cluster().name();
  }
}
