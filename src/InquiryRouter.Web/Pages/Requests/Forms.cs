using Microsoft.AspNetCore.Http;

namespace InquiryRouter.Web.Pages.Requests;

/// <summary>Reads a form however it was sent.</summary>
internal static class Forms
{
    /// <returns>Empty when none was sent.</returns>
    /// <exception cref="BadHttpRequestException">It cannot be read; its status says why: too long, too slow, or broken.</exception>
    public static async Task<IFormCollection> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return FormCollection.Empty;
        }

        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception exception) when (exception is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            // Without its end, without a boundary, of more fields than anybody fills in.
            throw new BadHttpRequestException("The form cannot be read.", StatusCodes.Status400BadRequest, exception);
        }
    }
}
