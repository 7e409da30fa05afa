using System.Text.Json;
using System.Text.Json.Serialization;

namespace InquiryRouter.Core.Referral;

/// <summary>Which referral. A type of its own, so that no other id can stand in its place.</summary>
[JsonConverter(typeof(ReferralIdJson))]
public readonly record struct ReferralId(Guid Value)
{
    /// <summary>A new one; what is newer sorts behind what is older.</summary>
    public static ReferralId New() => new(Guid.CreateVersion7());

    /// <summary>The id alone, as it stands in logs and messages.</summary>
    public override string ToString() => Value.ToString();
}

/// <summary>The id alone, a string as every id.</summary>
internal sealed class ReferralIdJson : JsonConverter<ReferralId>
{
    public override ReferralId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetGuid());

    public override void Write(Utf8JsonWriter writer, ReferralId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
