namespace InquiryRouter.IntegrationTests.Contracts;

/// <summary>
/// Decisions on the demo network as the program wrote them that kept a list of all clinics with each: JSON with Brotli, here in
/// Base64.
/// </summary>
internal static class OldDecisions
{
    /// <summary>Three clinics are ranked, two were asked before, four are full.</summary>
    public const string Matched =
        "A44EAICqqqrq/3SXa6o46GZm6nYzXyB8s3APd/NIj3Cwg6aZhoemW6gZqKmnp4ODWWyjZgXPWhFyg/OZuJFIJG40Ym7Ejx8t8Z0sjcfzRlXIwPTNE3SAFD"
        + "jlMTKGTBWMp5SmlP76JX8CAk2ra0ifMN3jZrlHyh7gv4Rv2/825gppRKC9mxrSmI8jwQh403et601u3S2YHlKRRJyAdv3deFNDyiICuqpMF8xR6EDo0Q6r"
        + "LWJU8BYlVUpS/kSLEolAY0J/UOCgwGkREbiaLkDKdHajhIxihXjnkgkEZEIhmRLM8hWni3kSMcbwv0lOZaQGAqsdbg/ZZt/bWj/COEbCuYozTTXBxghySL"
        + "WICzYQyE84Pb7CfVtiuEgikSChnHKgtiTXsBKSY2svsw3c1OzGOInaU8JbZDGXY64UbzyOW42qVJKoUmT1gMlPmM9P8NVUkxR5o2JG0nEihWS8i4gxBM/E"
        + "riq1fDmDmxIjz8YPFSselSzRWCIcHOaWj/yEb3vPRqfoq7N6QunYWKnGJIsTU42oEDAR2vSwijrF4J2zRR4rLmVpEkrHhsWk9OVuxXKFmDJKvlPADyGoUh"
        + "1OaZTEjImbNINgxehAoFjgZL2WitVrMWIZj3ncCWXSPacsVs2zFMNAwGjfWONvNeZuDDD/OztkUHr0cyXqih0IeO2u0wqr8xOqxjpbQdpOXN54S6DTPvSQ"
        + "numIRZKPCR0xQgkdUU7o6BtkD8DoB7osB8J0TPPxyWSkkklCzko52BlLYjrXqSKUzw0muYo5T8z7vz85u5CJCu2g+ECWYBTgqYtyKA2BW6P/62BblxfKw/"
        + "bXVHNXXj+ham8u+Af6W2Pw5q6uvTtIz5DNcXaadA6WwGSPh8zpYgnkH7g+zgW5EdhluCs+9m2m2OPyUABaEuKT+Wr9H1vLw8A0w2L79pBlScA6XQX7z8Ai"
        + "xhYn2xe4xd2Ya/PASnfLUl8LpaXXUCr/LwcX0eZqmyU6hkfHul1HybfANtpdbvqyGFIA9WxWG7M5TuYRiiUwP2Ce3TspasVIhc7Upg/WVVTyOS5n/v4Y6w"
        + "/js1TCXOdF5U1tXLC64XA6m5fUjdUOi49S+yvDovunL13ZxgYdWo+d8T+2720IW1/v8UCxsbwg0ryp9+LaYfITZi9HgOQ/dJELfNom263tus3mr5R9unsv"
        + "gsvm42bfR4ttoM7kJyz2U+x8L5ofxQIXaw/4lW680fUDg7dXTXIEpYyXEt/m5rYqCXTfj95WVjdBys4pZt3MT310d3yxSomhfS4XQG7ITdvmgZ2uuivMXy"
        + "X7qiSgLwYvvr35SPLq16z3kkDrsDHae1te5Gfk/kXwRocf4wKkZ8hP+H7IkDIoh2E=";

    /// <summary>The only country the patient wants has one clinic, and it is full.</summary>
    public const string Held =
        "AyEEAICqqqrq/3SXa6gA6GKmttzM3Q3Czd0t3NLMPNIjHOygaaYRoekWagZm6hnp4GD+3klC0rtZy6XTKpS3L5HISmRkZXrTpnLyZI2cHhbm8Z7WCaF25w"
        + "HKQQyc8gCpREFrxmNKY0qffvFHQKAfVAfxA9YlHrISKTug/+C+zPxb6yvEnIAbOnWHmBEYfnQHMQulFwkCk57Hwc46N/bm9AwxD3xJQNn5R0/amXwhoSmq"
        + "3REtMIj9qkd3zBvHiEEQioCRtHfBfR+yn2Tb6tGBwTi/IPCCAGKjSt/nIWVaC1+GEPCIxIW3EMhecL1N62r9xpNSeh7HSjCPQTqLiBrDrsBjlaB1Fm8r5k"
        + "+UXHiSLQTyM65PL9+1ILwfKWjEqLhrHgWQPcFJXND4JZ43B7QQiSveNzM9z/MlVhAOEUFNy/OsMyLKEnl6RrVaMwqkEBHbwQM/Z5oinkcDImL1bIM6DfiP"
        + "jIMUjPo8fDuEDAPSFL5LNYkDieK/yilvQuCbyZnPeTNWgjMB+X40Mj9jtatmbXqqb1uRoScjiRUEnX8Br0+AE5aosx2+bf0ZRBR4fqRiOxgNqpJgTPIiXA"
        + "jUW1zt92iBx1/ucEqDIFoWAlpNvdETxI+FwKTs9emTXxpmutOr/8qZwc4QXx5wNbaDGDo9O2Pv+AoItL2xpp1hWZB+F391uzz49gPa4WbddMfp1mu82asd"
        + "fizEF0hS3JxX6dFIYFVilfSaRwL5G+5PD4IPBIoEi/rNrwx1iVlVg7whgV/Gj2H6Y7oZlOsE6+O25auGgLGqdeafvuQ84ur4jHrK3+PLLiVb0SA22V6dbB"
        + "ewm4TOiq0Dte35qm1va7O3l6G2TbLaNmdq2xicmqUVhu2M6rSju48lFEsN3EX2AnKT4ipFzbTCPBliVgJN1L6a+3DRTrrT1hnVx6DMXnCTSl5zV2D91orF"
        + "EtQYx06Z/o6jahPiaYV+2hD4UK3pjVNumHDU07eZZ5Nd2fclVtELmgfAMenOl8xjyM+YPJ9AIDb5Nud+xiEp7h5+TJYVq58Xr7XWLiQOfk+vjzXUIT9jXa"
        + "7xwKs2S9Zb3O7HZzmMX/fZtEa1n1WpKRM/pFueNZoXp78iVjvesy2o13L41Pg5DbdRP+pN30b02BAYLPZaTVzpl3gnXY5u0sp9a+tQL16rBCmDZlkG";
}
