namespace InquiryRouter.Core.Matching.Gates;

/// <summary>Do we hold the permission that the country asks of facilitators before they send patients there?</summary>
internal sealed class FacilitatorPermissionGate() : RequirementGate(Gate.FacilitatorPermission, "facilitator-permission")
{
    protected override string? WhyNot(Offering offering) =>
        offering.Rules.Permission(offering.Clinic.Country) is { } permission && !permission.IsHeld(offering.Day)
            ? $"{offering.CountryName} asks facilitators for a permission ({permission.Name}), and we hold none in force."
                + $" Source: {CountryRuleForbidsGate.Source(permission.Source, permission.Reviewed)}."
            : null;
}
