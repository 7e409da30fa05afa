using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using InquiryRouter.Core.Privacy;

namespace InquiryRouter.Application.Privacy;

/// <summary>The patient's own copy as a file to be kept and read: JSON in UTF-8 with the names of <see cref="PatientRecord"/>.</summary>
public static class PatientRecordJson
{
    // Not a part of a page: letters of every script as they are.
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public static byte[] Write(PatientRecord record) => JsonSerializer.SerializeToUtf8Bytes(record, s_options);
}
