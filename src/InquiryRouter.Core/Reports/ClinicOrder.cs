namespace InquiryRouter.Core.Reports;

/// <summary>The order of the report on clinics.</summary>
public enum ClinicOrder
{
    Offers,

    /// <summary>Those with the fewest answers within a day of business first.</summary>
    Slowest,

    /// <summary>Those that accept the least first.</summary>
    Acceptance,

    /// <summary>Those of whom patients said nothing good most often first.</summary>
    Said,
}

public static class ClinicOrders
{
    /// <summary>The first clinics of an order; equal ones by code. Of whom nothing is known comes last.</summary>
    public static IReadOnlyList<ClinicFigures> First(this IEnumerable<ClinicFigures> clinics, ClinicOrder order, int take) =>
        [.. clinics.OrderBy(f => order switch
        {
            ClinicOrder.Slowest => Share(f.InHour + f.InHalfDay + f.InDay, f.Timed),
            ClinicOrder.Acceptance => Share(f.Accepted, f.Answerable),
            ClinicOrder.Said => -f.SaidBadly,
            _ => -f.Offered,
        }).ThenBy(f => f.ClinicCode, StringComparer.Ordinal).Take(take)];

    private static double Share(int part, int whole) => whole == 0 ? double.MaxValue : (double)part / whole;
}
