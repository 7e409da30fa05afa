namespace InquiryRouter.Core.Matching.Gates;

/// <summary>Has the clinic a place left today, its own day, as many as it wants in one day?</summary>
internal sealed class DailyPaceGate() : InquiryGate(Gate.DailyPace, "daily-pace")
{
    protected override string? WhyNot(Offering offering, Asking asking)
    {
        var (pace, load) = (offering.Clinic.DailyPace, asking.Load.Of(offering.Clinic.Code));
        return load.Today + load.Kept >= pace ? $"The clinic has had its {pace} referrals of today." : null;
    }

    protected override Fact WhyYes(Offering offering, Asking asking) => new(
        offering.Clinic.DailyPace is { } pace ? $"{asking.Load.Of(offering.Clinic.Code).Today} of {pace} referrals of today were made."
        : "The clinic takes as many in a day as in a week.");
}
