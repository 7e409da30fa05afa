namespace InquiryRouter.Core.Matching.Gates;

/// <summary>Do we hold the permission that the country asks of facilitators before they send patients there?</summary>
internal sealed class FacilitatorPermissionGate() : RequirementGate(Gate.FacilitatorPermission, "facilitator-permission")
{
    protected override string? WhyNot(Offering offering) =>
        offering.Rules.Permission(offering.Clinic.Country) is { } permission && !permission.IsHeld(offering.Day)
            ? $"{offering.CountryName} asks facilitators for a permission ({permission.Name}), and we hold none in force."
                + $" Source: {CountryRuleForbidsGate.Source(permission.Source, permission.Reviewed)}."
            : null;

    protected override Fact WhyYes(Offering offering) => offering.Rules.Permission(offering.Clinic.Country) is { } permission
        ? new Fact(
            $"We hold the permission {offering.CountryName} asks for: {permission.Name}, {permission.Number}"
                + $"{(permission.ValidTo is { } last ? $", to {last:O}" : string.Empty)}.",
            CountryRuleForbidsGate.Source(permission.Source, permission.Reviewed))
        : new Fact($"{offering.CountryName} is not known to ask facilitators for a permission.");
}
