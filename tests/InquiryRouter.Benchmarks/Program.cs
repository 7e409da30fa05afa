using System.CommandLine;
using System.CommandLine.Invocation;
using System.Net.Sockets;
using InquiryRouter.Benchmarks.Commands;
using InquiryRouter.Benchmarks.Server;

// The runtime reads these once, at the first socket: one thread sees what arrives and handles it there and then, which
// spares a thread switch for each answer and leaves the other cores to the server.
foreach (var (name, value) in SocketTuning.Variables)
{
    if (Environment.GetEnvironmentVariable(name) is null)
    {
        Environment.SetEnvironmentVariable(name, value);
    }
}

var root = new RootCommand(
    """
    Load tests for InquiryRouter: posts real inquiries from a second process, receives the mail they cause, and reports
    how many were accepted and completed each second. An inquiry is completed when both its patient's acknowledgement
    and its clinic's referral mail have arrived.

    Only this machine (127.0.0.1) is ever loaded, and every command ends by itself or at Ctrl-C.
    Exit code 0: clean; 1: something was refused, lost or doubled; 2: it could not measure.

    Usual order:
      run --server src/InquiryRouter/bin/Release/net10.0/InquiryRouter.dll     everything, on a fresh server
    or, for a server started by hand:
      network --out network.json     then:  InquiryRouter import clinics network.json
      load --url http://127.0.0.1:8080 --sink-port 2525
    """)
{
    NetworkCommand.Create(),
    SinkCommand.Create(),
    LoadCommand.Create(),
    RunCommand.Create(),
    GrowCommand.Create(),
    ConsoleCommand.Create(),
    MatchCommand.Create(),
    BareEndpointCommand.Create(),
};

ExplainedCommand.ShowPages(root);

var parsed = root.Parse(args);
if (parsed.Action is ParseErrorAction wrong)
{
    // The one line that says what is wrong, not a page of help behind it.
    wrong.ShowHelp = false;
}

try
{
    var code = await parsed.InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,

        // Long enough for a child server to be ended in order after Ctrl-C.
        ProcessTerminationTimeout = TimeSpan.FromSeconds(25),
    });
    return parsed.Errors.Count > 0 ? 2 : code;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped before the end; nothing is reported.");
    return 2;
}
catch (Exception e) when (e is ServerFailedException or SocketException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
