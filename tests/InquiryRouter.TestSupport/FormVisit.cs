namespace InquiryRouter.TestSupport;

/// <summary>A patient before the form, in a browser that keeps no cookies and runs no script.</summary>
internal sealed class FormVisit : IDisposable
{
    private readonly InquiryApp _app;
    private readonly HttpResponseMessage _opened;

    private FormVisit(InquiryApp app, HttpResponseMessage opened, Page page)
    {
        _app = app;
        _opened = opened;
        Page = page;
    }

    public Page Page { get; }

    /// <param name="query">As the page that links to the form has it.</param>
    /// <param name="accepts">The languages the browser says its user reads, in its own notation.</param>
    public static Task<FormVisit> OpenAsync(InquiryApp app, string query = "?condition=lupus&treatment=stem-cell-therapy", string? accepts = null) =>
        OpenPageAsync(app, $"/inquiry{query}", accepts);

    /// <summary>Another page that has the form on it.</summary>
    public static async Task<FormVisit> OpenPageAsync(InquiryApp app, string address, string? accepts = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (accepts is not null)
        {
            request.Headers.Add("Accept-Language", accepts);
        }

        var response = await app.Http.SendAsync(request);
        return new FormVisit(app, response, await Page.OfAsync(response));
    }

    /// <summary>Sends the form of this page; the hidden fields go with it.</summary>
    public Task<HttpResponseMessage> SendAsync(InquiryBuilder inquiry, params KeyValuePair<string, string>[] more) =>
        SendAsync([.. inquiry.Fields(), .. more]);

    public async Task<HttpResponseMessage> SendAsync(IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("nonce", Page.Hidden("nonce")!), .. fields]);
        return await _app.Http.PostAsync(Page.FormAction, content);
    }

    public void Dispose() => _opened.Dispose();
}
