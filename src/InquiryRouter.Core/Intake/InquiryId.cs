using System.Text.Json;
using System.Text.Json.Serialization;

namespace InquiryRouter.Core.Intake;

/// <summary>Which inquiry. A type of its own, so that no other id can stand in its place.</summary>
[JsonConverter(typeof(InquiryIdJson))]
public readonly record struct InquiryId(Guid Value)
{
    /// <summary>Of what is about no inquiry.</summary>
    public static InquiryId None => default;

    /// <summary>A new one; what is newer sorts behind what is older.</summary>
    public static InquiryId New() => new(Guid.CreateVersion7());

    /// <summary>The id alone, as it stands in logs and messages.</summary>
    public override string ToString() => Value.ToString();
}

/// <summary>The id alone, a string as every id.</summary>
internal sealed class InquiryIdJson : JsonConverter<InquiryId>
{
    public override InquiryId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetGuid());

    public override void Write(Utf8JsonWriter writer, InquiryId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
