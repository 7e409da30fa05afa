global using InquiryRouter.IntegrationTests.Support;
