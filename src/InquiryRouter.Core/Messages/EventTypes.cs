using System.Text.Json;

namespace InquiryRouter.Core.Messages;

/// <summary>The stable names of events in the outbox, and their JSON.</summary>
public static class EventTypes
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    private static readonly Dictionary<string, Type> s_types = new Type[]
    {
        typeof(InquiryReceived), typeof(InquiryCleared), typeof(InquiryHeld), typeof(InquiryMatched), typeof(ReferralAnswered), typeof(FollowUpDue), typeof(MailFailed),
        typeof(ActionDue),
    }.ToDictionary(t => t.Name, StringComparer.Ordinal);

    public static IReadOnlyCollection<Type> All => s_types.Values;

    public static (string Type, string Body) Write(IEvent message) =>
        (message.GetType().Name, JsonSerializer.Serialize(message, message.GetType(), s_json));

    /// <exception cref="InvalidOperationException">No event has this name: it was written by a newer version.</exception>
    public static IEvent Read(string type, string body) =>
        s_types.TryGetValue(type, out var known)
            ? (IEvent)JsonSerializer.Deserialize(body, known, s_json)!
            : throw new InvalidOperationException($"No event is called '{type}'. Was it written by a newer version?");
}
