using Microsoft.Extensions.Logging;

namespace InquiryRouter.Application.Operations;

/// <summary>Says aloud every night which histories are not as the program wrote them.</summary>
public sealed partial class WatchHistory(VerifyHistory histories, VerifyAccessLog accessLog, ILogger<WatchHistory> log)
{
    private const int MostNamed = 20;

    public async Task RunAsync(CancellationToken cancellation)
    {
        var verdict = await histories.RunAsync(reference: null, cancellation);
        foreach (var broken in verdict.Broken.Take(MostNamed))
        {
            LogBroken(broken.Reference, broken.Line);
        }

        if (verdict.Broken.Count > MostNamed)
        {
            LogMoreBroken(verdict.Broken.Count - MostNamed);
        }

        var access = await accessLog.RunAsync(cancellation);
        if (access.FirstBroken is { } line)
        {
            LogAccessBroken(line);
        }
        else
        {
            LogAccess(access.Lines, access.End);
        }
    }

    [LoggerMessage(Level = LogLevel.Error,
        Message = "The history of {Reference} is broken at line {Line}: something else than this program has changed it.")]
    private partial void LogBroken(string reference, int line);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "The access log is broken at line {Line}: something else than this program has changed it.")]
    private partial void LogAccessBroken(int line);

    // Kept outside the database, it shows that an end was cut off together with its head.
    [LoggerMessage(Level = LogLevel.Information, Message = "The access log has {Lines} lines and ends in {End}.")]
    private partial void LogAccess(int lines, string end);

    [LoggerMessage(Level = LogLevel.Error, Message = "The histories of {More} more inquiries are broken.")]
    private partial void LogMoreBroken(int more);
}
