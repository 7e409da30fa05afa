namespace InquiryRouter.Infrastructure.Brands;

/// <summary>A file of the brand cannot be used.</summary>
/// <param name="problem">Why, as the end of a sentence.</param>
public sealed class BrandFileException(string problem) : Exception(problem)
{
    /// <summary>The bytes of a file, when it is there and no longer than it may be.</summary>
    /// <exception cref="BrandFileException">It is not.</exception>
    internal static byte[] Read(string path, int most)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > most)
            {
                throw new BrandFileException($"it has {file.Length / 1024} KB, and {most / 1024} KB is the most");
            }

            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes.Length > 0 ? bytes : throw new BrandFileException("it is empty");
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new BrandFileException($"it cannot be read ({exception.GetType().Name})");
        }
    }
}
