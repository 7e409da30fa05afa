namespace InquiryRouter.Core.Matching.Gates;

/// <summary>Has the clinic a place left this week, its own week, that is not kept for who has waited longer?</summary>
internal sealed class WeeklyCapGate() : InquiryGate(Gate.WeeklyCap, "weekly-cap")
{
    protected override string? WhyNot(Offering offering, Asking asking)
    {
        var (cap, load) = (offering.Clinic.WeeklyCap, asking.Load.Of(offering.Clinic.Code));
        return load.ThisWeek + load.Kept < cap ? null
            : cap < 1 ? "The clinic takes no referrals: its weekly cap is 0."
            : load.ThisWeek >= cap ? $"The clinic has had its {cap} referrals of this week."
            : $"The clinic's free places of this week ({cap - load.ThisWeek}) are kept for patients who have been waiting longer.";
    }

    protected override Fact WhyYes(Offering offering, Asking asking)
    {
        var load = asking.Load.Of(offering.Clinic.Code);
        var kept = load.Kept > 0 ? $", {load.Kept} kept for who has waited longer" : string.Empty;
        return new($"{load.ThisWeek} of {offering.Clinic.WeeklyCap} places of this week are taken{kept}.");
    }
}
