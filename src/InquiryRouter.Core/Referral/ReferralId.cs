using System.Text.Json.Serialization;
using InquiryRouter.Core.Reading;

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

internal sealed class ReferralIdJson() : IdJson<ReferralId>(value => new ReferralId(value), id => id.Value);
