namespace InquiryRouter.Core.Demo;

/// <summary>Common given and family names by where they are common, put together by number: nobody's in particular, and no two the
/// same.</summary>
internal sealed record DemoNames(string[] Given, string[] Family, bool TwoFamilies = false)
{
    public static readonly DemoNames English = new(
        Words("Emma Olivia Grace Sophie Hannah Chloe Megan Laura Rachel Amy Karen Linda Susan Nancy Diane Carol Joan "
            + "Ruth Helen Alice Julia "
            + "Claire Fiona Heather Brenda Janet Monica Tara Paula Denise James Robert William Thomas Daniel Matthew Andrew Peter Mark "
            + "Steven Kevin Brian George Edward Paul Simon Martin Alan Keith Dennis Roger Gary Sean Patrick Owen "
            + "Craig Ian Neil Hugh Glenn"),
        Words("Smith Johnson Brown Taylor Miller Davis Wilson Anderson Clark Lewis Walker Hall Young King Wright Scott Green Baker Adams "
            + "Nelson Carter Mitchell Roberts Turner Phillips Campbell Parker Evans Edwards Collins Stewart Morris "
            + "Murphy Cook Rogers Morgan "
            + "Cooper Reed Bailey Bell Kelly Howard Ward Cox Richardson Wood Watson Brooks Bennett Gray Hughes Price Myers Long Foster "
            + "Sanders Ross Powell Sullivan Russell Fisher Hamilton Graham Reynolds Jordan Harrison Gibson Marshall Wells Webb Hunter "
            + "Hicks Crawford Henry Boyd Mason Kennedy Warren Dixon Ramsey Burns Gordon Shaw Holmes Rice Robertson Hunt Black Palmer"));

    public static readonly DemoNames Spanish = new(
        Words("María Ana Lucía Carmen Rosa Elena Patricia Gabriela Verónica Adriana Claudia Silvia Teresa Beatriz Isabel "
            + "Marta Alicia Laura "
            + "Daniela Paola Sofía Valeria Natalia Luz Juan José Luis Carlos Miguel Jorge Francisco Manuel Pedro Rafael Ricardo Fernando "
            + "Roberto Eduardo Sergio Andrés Diego Alejandro Javier Héctor Raúl Óscar Mario Pablo"),
        Words("García Hernández Martínez López González Rodríguez Pérez Sánchez Ramírez Torres Flores Rivera Gómez Díaz "
            + "Reyes Morales Cruz "
            + "Ortiz Gutiérrez Chávez Ramos Ruiz Mendoza Álvarez Castillo Jiménez Vargas Romero Herrera Medina "
            + "Aguilar Vega Castro Delgado "
            + "Ríos Guerrero Soto Navarro Campos Rojas"),
        TwoFamilies: true);

    public static readonly DemoNames Arabic = new(
        Words("فاطمة مريم عائشة نورة سارة هدى ليلى أمل منى سلمى رنا دانة ريم هند جميلة سميرة نادية خلود محمد أحمد علي حسن حسين عمر خالد "
            + "عبدالله يوسف إبراهيم سالم ناصر فيصل سعيد ماجد طارق زياد باسم كريم هاني"),
        Words("الأحمد العلي الحسن الخطيب المنصور الشريف القاسم الهاشمي النجار الحداد الصالح العمري الزهراني القحطاني "
            + "الشمري المطيري العنزي "
            + "الدوسري الحربي السويدي الكعبي المرزوقي البلوشي الكندي الفارسي"));

    public static readonly DemoNames German = new(
        Words("Anna Katrin Sabine Petra Monika Ursula Claudia Susanne Birgit Andrea Heike Julia Lena Marie Laura Ingrid Thomas Michael "
            + "Andreas Stefan Peter Klaus Jürgen Martin Frank Markus Uwe Bernd Jan Lukas Felix Dieter"),
        Words("Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Koch Bauer Richter Klein Wolf Schröder Neumann "
            + "Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Krause Lehmann Köhler Maier Huber Kaiser"));

    public static readonly DemoNames French = new(
        Words("Marie Sophie Isabelle Nathalie Céline Camille Claire Julie Sandrine Hélène Monique Chantal Jean Pierre "
            + "Michel Philippe Alain "
            + "Nicolas Laurent Olivier Julien Antoine Luc Mathieu"),
        Words("Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent Lefebvre Michel Garnier Roux Fournier "
            + "Girard Bonnet Lambert Fontaine Rousseau Vincent Muller Faure André Mercier Blanc Guérin Boyer"));

    public static readonly DemoNames Indian = new(
        Words("Priya Anjali Sunita Kavita Meena Lakshmi Deepa Neha Pooja Rekha Anita Divya Rajesh Sanjay Amit Vijay Suresh Ramesh Arun "
            + "Anil Vikram Rahul Manoj Ravi Kiran Ashok"),
        Words("Sharma Verma Gupta Singh Kumar Patel Shah Reddy Rao Nair Menon Iyer Joshi Mehta Desai Das Bose Mukherjee Chopra Kapoor "
            + "Malhotra Agarwal Bhat Pillai Naidu Kulkarni"));

    public static readonly DemoNames Portuguese = new(
        Words("Maria Ana Juliana Fernanda Patrícia Camila Aline Renata Beatriz Larissa João José Carlos Paulo Pedro Lucas Marcos Rafael "
            + "Bruno Felipe Gustavo André Ricardo Rodrigo"),
        Words("Silva Santos Oliveira Souza Lima Pereira Ferreira Costa Rodrigues Almeida Nascimento Alves Carvalho Araújo Ribeiro Gomes "
            + "Martins Barbosa Rocha Dias Moreira Cardoso Teixeira Correia"),
        TwoFamilies: true);

    private const int Plain = 2_000;

    /// <summary>The name of a number; from a few thousand on, people have a second given name.</summary>
    public string Of(int number)
    {
        // Scattered, so that neighbours are not alike; one to one, so that no two are the same.
        var count = (long)Given.Length * Given.Length * Family.Length * (TwoFamilies ? Family.Length : 1);
        var at = number % count * 1_000_003 % count;
        var family = Family[at % Family.Length];
        at /= Family.Length;
        var given = Given[at % Given.Length];
        at /= Given.Length;
        var second = Given[at % Given.Length];
        at /= Given.Length;
        var mothers = TwoFamilies ? " " + Family[at % Family.Length] : string.Empty;
        return number < Plain || second == given ? $"{given} {family}{mothers}" : $"{given} {second} {family}{mothers}";
    }

    private static string[] Words(string text) => text.Split(' ');
}
