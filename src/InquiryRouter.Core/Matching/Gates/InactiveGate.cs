namespace InquiryRouter.Core.Matching.Gates;

/// <summary>Is the clinic active in the network?</summary>
internal sealed class InactiveGate() : ClinicGate(Gate.Inactive, "inactive", endsOffers: true)
{
    protected override string? WhyNot(Clinic clinic, DateOnly day) => clinic.Active ? null : "The clinic is not active in the network.";

    protected override Fact WhyYes(Clinic clinic, DateOnly day) => new("The clinic is active in the network.");
}
