global using InquiryRouter.IntegrationTests.Support;
global using InquiryRouter.TestSupport;
