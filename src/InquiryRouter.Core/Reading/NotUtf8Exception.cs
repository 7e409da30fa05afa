using System.Text.Json;

namespace InquiryRouter.Core.Reading;

/// <summary>What should be JSON is in another encoding than UTF-8, such as Latin-1.</summary>
/// <param name="line">Of the first byte that does not belong, from 0.</param>
/// <param name="byteInLine">Its place in that line, from 0.</param>
public sealed class NotUtf8Exception(long line, long byteInLine) : JsonException("The text is not in UTF-8.", path: null, line, byteInLine);
