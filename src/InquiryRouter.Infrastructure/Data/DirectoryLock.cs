using InquiryRouter.Infrastructure.Messaging;

namespace InquiryRouter.Infrastructure.Data;

/// <summary>
/// Who may use a data directory: one process with the in-process bus, or any number with a broker. Held as a file lock, which the system
/// releases when a process dies, however it dies.
/// </summary>
public static class DirectoryLock
{
    /// <exception cref="InvalidOperationException">Another process uses the directory in a way that does not go with this one.</exception>
    public static FileStream Take(DataOptions data, BrokerTransport transport)
    {
        Directory.CreateDirectory(data.Directory);
        var path = Path.Combine(data.Directory, "inquiryrouter.lock");
        try
        {
            if (!File.Exists(path))
            {
                using var created = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
            }

            return transport == BrokerTransport.InMemory
                ? new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None)
                : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (IOException exception)
        {
            throw new InvalidOperationException(
                transport == BrokerTransport.InMemory
                    ? $"Another process runs on '{data.Directory}'. With Broker:Transport=InMemory only one may: stop it, set Data:Directory to another place, or set Broker:Transport to RabbitMq for all of them."
                    : $"A process with Broker:Transport=InMemory runs on '{data.Directory}'. Stop it and start it with Broker:Transport=RabbitMq, or set Data:Directory to another place.",
                exception);
        }
    }
}
