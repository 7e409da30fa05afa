using System.Text.Json;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Referral;
using MassTransit.Serialization;

namespace InquiryRouter.Tests.Messaging;

public sealed class EventTypesTests
{
    private static readonly Type[] s_events =
        [.. typeof(IEvent).Assembly.GetTypes().Where(t => typeof(IEvent).IsAssignableFrom(t) && t is { IsInterface: false, IsAbstract: false })];

    private static readonly InquiryId s_inquiry = new(new Guid("018f3a52-7c1d-7a2b-9c3d-4e5f60718293"));

    private static readonly ReferralAnswered s_answered = new()
    {
        InquiryId = s_inquiry, ReferralId = new ReferralId(new Guid("018f3a52-7c1d-7a2b-9c3d-4e5f60718294")), Version = 2,
    };

    private static readonly Type[] s_allowed = [typeof(InquiryId), typeof(ReferralId), typeof(Guid), typeof(int)];

    /// <summary>By name, which is what a runner can show.</summary>
    public static TheoryData<string> Events => new(s_events.Select(t => t.Name));

    [Fact]
    public void Every_event_of_Core_is_known()
    {
        Assert.NotEmpty(s_events);
        Assert.Equal(s_events.OrderBy(t => t.Name, StringComparer.Ordinal), EventTypes.All.OrderBy(t => t.Name, StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_is_read_as_it_was_written(string name)
    {
        var written = Filled(name);

        var (type, body) = EventTypes.Write(written);

        Assert.Equal(name, type);
        Assert.Equal(written, EventTypes.Read(type, body));
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_carries_ids_and_versions_only(string name) =>
        Assert.All(
            s_events.Single(t => t.Name == name).GetProperties(),
            p => Assert.True(s_allowed.Contains(p.PropertyType), $"{name}.{p.Name} is a {p.PropertyType.Name}."));

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_lives_in_a_namespace_and_is_immutable(string name)
    {
        var type = s_events.Single(t => t.Name == name);

        Assert.Equal("InquiryRouter.Core.Messages", type.Namespace);
        Assert.All(
            type.GetProperties().Where(p => p.SetMethod is not null),
            p => Assert.Contains(typeof(System.Runtime.CompilerServices.IsExternalInit), p.SetMethod!.ReturnParameter.GetRequiredCustomModifiers()));
    }

    [Fact]
    public void What_a_newer_version_added_is_ignored()
    {
        var read = EventTypes.Read("InquiryReceived", """{"inquiryId":"018f3a52-7c1d-7a2b-9c3d-4e5f60718293","version":3,"addedLater":true}""");

        Assert.Equal(new InquiryReceived { InquiryId = s_inquiry, Version = 3 }, read);
    }

    [Fact]
    public void An_id_is_written_as_the_string_it_is()
    {
        var (_, body) = EventTypes.Write(s_answered);

        Assert.Equal(
            """{"inquiryId":"018f3a52-7c1d-7a2b-9c3d-4e5f60718293","referralId":"018f3a52-7c1d-7a2b-9c3d-4e5f60718294","version":2}""",
            body);
        Assert.Equal(s_answered, EventTypes.Read("ReferralAnswered", body));
    }

    [Fact]
    public void The_bus_writes_an_id_as_it_writes_any_other()
    {
        var bus = SystemTextJsonMessageSerializer.Options;
        var plain = new { InquiryId = s_answered.InquiryId.Value, ReferralId = s_answered.ReferralId.Value, s_answered.Version };

        var written = JsonSerializer.Serialize(s_answered, bus);

        Assert.Equal(JsonSerializer.Serialize(plain, bus), written);
        Assert.Equal(s_answered, JsonSerializer.Deserialize<ReferralAnswered>(written, bus));
    }

    [Theory]
    [InlineData("\"IR-7K3M-9Q2P\"")]
    [InlineData("{\"value\":\"018f3a52-7c1d-7a2b-9c3d-4e5f60718293\"}")]
    [InlineData("7")]
    [InlineData("null")]
    public void What_is_no_id_is_an_error(string id) =>
        Assert.Throws<JsonException>(() => EventTypes.Read("InquiryReceived", $$"""{"inquiryId":{{id}},"version":3}"""));

    [Fact]
    public void What_is_missing_is_an_error_and_not_an_empty_id() =>
        Assert.Throws<JsonException>(() => EventTypes.Read("InquiryReceived", """{"version":3}"""));

    [Fact]
    public void An_event_nobody_knows_is_an_error_that_names_it()
    {
        var error = Assert.Throws<InvalidOperationException>(() => EventTypes.Read("InquiryTeleported", "{}"));

        Assert.Contains("InquiryTeleported", error.Message, StringComparison.Ordinal);
    }

    /// <summary>An event with another value in each property.</summary>
    private static IEvent Filled(string name)
    {
        var type = s_events.Single(t => t.Name == name);
        var made = (IEvent)Activator.CreateInstance(type)!;
        var n = 0;
        foreach (var property in type.GetProperties())
        {
            n++;
            var id = new Guid(n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
            property.SetValue(made, property.PropertyType.Name switch
            {
                nameof(InquiryId) => new InquiryId(id),
                nameof(ReferralId) => new ReferralId(id),
                nameof(Guid) => id,
                _ => (object)n,
            });
        }

        return made;
    }
}
