using System.Text.Json;

namespace InquiryRouter.TestSupport;

/// <summary>One queue as <c>rabbitmqctl list_queues</c> shows it.</summary>
/// <param name="Name">The queue's name.</param>
/// <param name="Type"><c>quorum</c>, <c>classic</c> or <c>stream</c>.</param>
/// <param name="MessagesReady">Messages waiting for a consumer.</param>
/// <param name="MessagesUnacked">Messages delivered and not yet acknowledged.</param>
/// <param name="Arguments">The arguments that the queue was declared with, numbers and truth values as text.</param>
public sealed record QueueInfo(
    string Name,
    string Type,
    long MessagesReady,
    long MessagesUnacked,
    IReadOnlyDictionary<string, string> Arguments)
{
    internal static readonly IReadOnlyList<string> ListCommand =
        ["-q", "list_queues", "name", "type", "messages_ready", "messages_unacknowledged", "arguments", "--formatter", "json"];

    internal static IReadOnlyList<QueueInfo> ParseList(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(Parse)];
    }

    private static QueueInfo Parse(JsonElement queue) => new(
        queue.GetProperty("name").GetString() ?? "",
        queue.GetProperty("type").GetString() ?? "",
        Count(queue.GetProperty("messages_ready")),
        Count(queue.GetProperty("messages_unacknowledged")),
        ParseArguments(queue.GetProperty("arguments")));

    // A queue whose leader is not elected yet has no counts: rabbitmqctl writes an empty text there.
    private static long Count(JsonElement count) => count.ValueKind == JsonValueKind.Number ? count.GetInt64() : 0;

    // RabbitMQ 3.10 writes [["name", "type", value], ...], later ones {"name": value}.
    private static Dictionary<string, string> ParseArguments(JsonElement arguments) => arguments.ValueKind switch
    {
        JsonValueKind.Array => arguments.EnumerateArray().ToDictionary(a => a[0].ToString(), a => a[2].ToString(), StringComparer.Ordinal),
        JsonValueKind.Object => arguments.EnumerateObject().ToDictionary(a => a.Name, a => a.Value.ToString(), StringComparer.Ordinal),
        _ => [],
    };
}
