using System.Text.Json.Serialization;
using InquiryRouter.Core.Reading;

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

internal sealed class InquiryIdJson() : IdJson<InquiryId>(value => new InquiryId(value), id => id.Value);
