using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Tests.Privacy;

/// <summary>The file that remembers who was erased.</summary>
public sealed class ErasureLedgerTests : IDisposable
{
    private static readonly DateTimeOffset s_at = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private readonly string _directory = Directory.CreateTempSubdirectory("inquiryrouter-ledger-").FullName;

    private string LedgerFile => Path.Combine(_directory, "kept", "erased.log");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Each_is_in_it_once_whoever_adds_them()
    {
        var (first, second) = (InquiryId.New(), InquiryId.New());
        new ErasureLedger(LedgerFile).Add([first], s_at);
        new ErasureLedger(LedgerFile).Add([first, second, second], s_at);

        Assert.Equal([first, second], new ErasureLedger(LedgerFile).Read());
        Assert.Equal(2, File.ReadAllLines(LedgerFile).Length);
    }

    [Fact]
    public void A_line_that_a_crash_cut_off_is_written_again_and_spoils_no_other()
    {
        var (first, second) = (InquiryId.New(), InquiryId.New());
        new ErasureLedger(LedgerFile).Add([first], s_at);
        File.AppendAllText(LedgerFile, $"\n2026-11-30T12:00:00Z {second.Value.ToString()[..20]}");

        new ErasureLedger(LedgerFile).Add([second], s_at);

        Assert.Equal([first, second], new ErasureLedger(LedgerFile).Read());
    }

    [Fact]
    public void Without_a_file_nobody_was_erased() => Assert.Empty(new ErasureLedger(LedgerFile).Read());

    [Fact]
    public void Only_its_owner_may_read_it()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        new ErasureLedger(LedgerFile).Add([InquiryId.New()], s_at);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(LedgerFile));
    }
}
