using System.Text.Json;
using System.Text.Json.Serialization;

namespace InquiryRouter.Core.Reading;

/// <summary>An id that is a type, written as the id it holds: a string, as every id.</summary>
internal abstract class IdJson<T>(Func<Guid, T> idOf, Func<T, Guid> valueOf) : JsonConverter<T>
    where T : struct
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => idOf(reader.GetGuid());

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(valueOf(value));
}
