using ArchUnitNET.Domain.Dependencies;

namespace InquiryRouter.Tests.Architecture;

/// <summary>A transaction is opened by a use case, or by what touches the world; whoever shows a page or reads a command asks a use case.</summary>
internal static class Transactions
{
    private static readonly string[] s_opens =
        ["InquiryRouter.Infrastructure.Data.Database::WriteAsync(", "InquiryRouter.Application.Work::WriteAsync(", "InquiryRouter.Application.Work::ApplyAsync("];

    private static readonly string[] s_may = ["InquiryRouter.Application.", "InquiryRouter.Infrastructure.", "InquiryRouter.Tests."];

    /// <summary>Types of the product that open one and must not; of a method that waits, the type the compiler makes of it.</summary>
    public static IReadOnlyList<string> OpenedElsewhere(ArchUnitNET.Domain.Architecture architecture) =>
    [
        .. architecture.Types
            .Where(t => t.FullName.StartsWith("InquiryRouter.", StringComparison.Ordinal) && !s_may.Any(m => t.FullName.StartsWith(m, StringComparison.Ordinal)))
            .Where(t => t.Dependencies.OfType<MethodCallDependency>().Any(d => s_opens.Any(o => d.TargetMember.FullName.Contains(o, StringComparison.Ordinal))))
            .Select(t => t.FullName).Order(StringComparer.Ordinal),
    ];
}
