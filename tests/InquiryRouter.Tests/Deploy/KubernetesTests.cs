using InquiryRouter.Settings;
using InquiryRouter.Tests.Support;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Configuration;

namespace InquiryRouter.Tests.Deploy;

/// <summary>The manifests, read strictly as the objects of Kubernetes' own API, and what they ask for.</summary>
public sealed class KubernetesTests
{
    private const string Base = "deploy/kubernetes/base/";

    private static readonly Lazy<IReadOnlyList<object>> s_objects = new(() =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, Base), "*.yaml")
            .Where(f => Path.GetFileName(f) != "kustomization.yaml")
            .Order(StringComparer.Ordinal)
            .SelectMany(f => KubernetesYaml.LoadAllFromString(File.ReadAllText(f), strict: true))]);

    public static TheoryData<string> Programs => new("web", "worker", "migrate");

    private static V1PodTemplateSpec Template(string name) =>
        Of<V1Deployment>().FirstOrDefault(d => d.Metadata.Name == name)?.Spec.Template ?? Of<V1Job>().Single(j => j.Metadata.Name == name).Spec.Template;

    [Fact]
    public void A_key_that_the_API_does_not_have_is_noticed() => Assert.ThrowsAny<YamlDotNet.Core.YamlException>(() =>
        KubernetesYaml.LoadAllFromString(
            DeployFiles.Text(Base + "web.yaml").Replace("readOnlyRootFilesystem", "readOnlyRootFileSystem", StringComparison.Ordinal), strict: true));

    [Fact]
    public void Everything_that_is_there_is_applied()
    {
        var listed = DeployFiles.Texts(DeployFiles.Map(DeployFiles.Yaml(DeployFiles.Text(Base + "kustomization.yaml")))["resources"]);
        var there = Directory.EnumerateFiles(Path.Combine(Repository.Root, Base), "*.yaml").Select(f => Path.GetFileName(f)!);

        Assert.Equal(there.Except(["kustomization.yaml"], StringComparer.Ordinal).Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void The_program_may_do_little(string name)
    {
        var pod = Template(name).Spec;
        var container = Assert.Single(pod.Containers);

        Assert.False(pod.AutomountServiceAccountToken);
        Assert.True(pod.SecurityContext.RunAsNonRoot);
        Assert.Equal(1654, pod.SecurityContext.RunAsUser);
        Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
        Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
        Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
        Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
        Assert.Subset(pod.Volumes.Select(v => v.Name).ToHashSet(StringComparer.Ordinal), container.VolumeMounts.Select(m => m.Name).ToHashSet(StringComparer.Ordinal));
        Assert.Contains("memory", container.Resources.Limits.Keys);
        Assert.Equal(["cpu", "memory"], container.Resources.Requests.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Settings_and_secrets_come_by_reference(string name)
    {
        var sources = Template(name).Spec.Containers[0].EnvFrom;

        Assert.Equal([Of<V1ConfigMap>().Single().Metadata.Name], sources.Where(s => s.ConfigMapRef is not null).Select(s => s.ConfigMapRef.Name));
        Assert.Equal([Secrets().Metadata.Name], sources.Where(s => s.SecretRef is not null).Select(s => s.SecretRef.Name));
        Assert.Empty(Of<V1Secret>());
    }

    [Theory]
    [InlineData(Roles.Web)]
    [InlineData(Roles.Worker)]
    public void The_program_takes_its_settings(Roles roles)
    {
        var given = Of<V1ConfigMap>().Single().Data.Concat(Secrets().StringData)
            .Select(d => KeyValuePair.Create(d.Key.Replace("__", ":", StringComparison.Ordinal), (string?)d.Value));

        Assert.Equal(roles, SettingsLoader.Load(new ConfigurationBuilder().AddInMemoryCollection(given).Build(), "Production", roles).Roles);
    }

    [Theory]
    [InlineData("web")]
    [InlineData("worker")]
    public void A_rollout_loses_nothing(string name)
    {
        var deployment = Of<V1Deployment>().Single(d => d.Metadata.Name == name);
        var container = Template(name).Spec.Containers[0];

        Assert.True(deployment.Spec.Replicas >= 2);
        Assert.Equal("RollingUpdate", deployment.Spec.Strategy.Type);
        Assert.Equal("1", deployment.Spec.Strategy.RollingUpdate.MaxSurge.Value);
        Assert.Equal("/health/ready", container.ReadinessProbe.HttpGet.Path);
        Assert.Equal("/health/live", container.LivenessProbe.HttpGet.Path);
        Assert.Equal(["serve", "--roles", name], container.Args);
        var budget = Of<V1PodDisruptionBudget>().Single(b => b.Metadata.Name == name);
        Assert.Equal(deployment.Spec.Selector.MatchLabels, budget.Spec.Selector.MatchLabels);
        Assert.Equal(deployment.Spec.Selector.MatchLabels, deployment.Spec.Template.Metadata.Labels);
        if (name == "web")
        {
            Assert.Equal("0", deployment.Spec.Strategy.RollingUpdate.MaxUnavailable.Value);
            Assert.True(container.Lifecycle.PreStop.Sleep.Seconds >= 5);
        }
    }

    [Fact]
    public void The_port_is_the_one_the_program_listens_on_everywhere()
    {
        var port = new Uri(SettingsLoader.DefaultUrls).Port;

        Assert.All(Of<V1Deployment>(), d => Assert.Equal([port], d.Spec.Template.Spec.Containers[0].Ports.Select(p => p.ContainerPort)));
        Assert.Equal("http", Of<V1Service>().Single().Spec.Ports.Single().TargetPort.Value);
        var ingress = Of<V1NetworkPolicy>().SelectMany(p => p.Spec.Ingress ?? []).SelectMany(i => i.Ports);
        Assert.All(ingress, p => Assert.Equal($"{port}", p.Port.Value));
    }

    [Fact]
    public void Nothing_goes_in_or_out_but_what_is_named()
    {
        var all = Of<V1NetworkPolicy>().Single(p => p.Metadata.Name == "nothing-else").Spec;

        Assert.Equal(["Egress", "Ingress"], all.PolicyTypes.Order(StringComparer.Ordinal));
        Assert.Null(all.Ingress);
        Assert.Null(all.Egress);
        Assert.Null(all.PodSelector?.MatchLabels);
    }

    [Fact]
    public void Workers_are_counted_by_every_queue_of_the_pipeline()
    {
        // KEDA's objects are not of Kubernetes itself: what its documentation requires is looked for.
        var parts = DeployFiles.Text("deploy/kubernetes/scaled/scaling.yaml").Split("\n---\n").Select(p => DeployFiles.Map(DeployFiles.Yaml(p))).ToList();
        Assert.All(parts, p => Assert.Equal("keda.sh/v1alpha1", p["apiVersion"]));
        Assert.All(parts, p => Assert.Equal(["apiVersion", "kind", "metadata", "spec"], p.Keys.Order(StringComparer.Ordinal)));
        var (authentication, scaled) = (parts.Single(p => (string)p["kind"] == "TriggerAuthentication"), parts.Single(p => (string)p["kind"] == "ScaledObject"));

        var spec = DeployFiles.Map(scaled["spec"]);
        Assert.Contains(Of<V1Deployment>(), d => d.Metadata.Name == (string)DeployFiles.Map(spec["scaleTargetRef"])["name"]);
        var triggers = ((List<object>)spec["triggers"]).Select(DeployFiles.Map).ToList();
        Assert.All(triggers, t => Assert.Equal("rabbitmq", t["type"]));
        Assert.All(triggers, t => Assert.Equal(DeployFiles.Map(authentication["metadata"])["name"], DeployFiles.Map(t["authenticationRef"])["name"]));
        var metadata = triggers.Select(t => DeployFiles.Map(t["metadata"])).ToList();
        Assert.All(metadata, m => Assert.Equal(["mode", "protocol", "queueName", "value"], m.Keys.Order(StringComparer.Ordinal)));
        Assert.Equal(ProgramLists.Queues.Order(StringComparer.Ordinal), metadata.Select(m => (string)m["queueName"]).Order(StringComparer.Ordinal));
        var secret = DeployFiles.Map(((List<object>)DeployFiles.Map(authentication["spec"])["secretTargetRef"]).Single());
        Assert.Equal((Secrets().Metadata.Name, "host"), ((string)secret["name"], (string)secret["parameter"]));
        Assert.Contains((string)secret["key"], Secrets().StringData.Keys);
    }

    private static V1Secret Secrets() =>
        (V1Secret)KubernetesYaml.LoadAllFromString(DeployFiles.Text("deploy/kubernetes/secret.example.yaml"), strict: true).Single();

    private static IEnumerable<T> Of<T>() => s_objects.Value.OfType<T>();
}
