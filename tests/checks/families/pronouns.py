"""IMR304: pronouns far from the worker, and those of other people."""

from tests.checks.families import Table
from tests.checks.families.date_slips import k

WOMAN = "This 54 year old woman has neck pain. "
MAN = "This 54 year old man has neck pain. "

OF_HER = [
    "The claimant saw the surgeon. The surgeon advised an injection. His pain is 7 out of 10.",
    "The treating physician requested an MRI. He complains of numbness.",
    "The provider asked for six visits. He has tried ibuprofen and therapy.",
    "His diagnoses include a sprain of the neck.",
    "The physician found spasm. His current complaints are of neck pain.",
    "An injection was given. The provider noted that his pain fell.",
    "This individual takes naproxen. He had no side effects.",
    "The surgeon examined him on 10/14/2014.",
    "The physical therapist reports that his range of motion is better.",
    "The MTUS recommends massage for patients with neck pain. He has had six visits of therapy.",
    "Per the provider, he is working on modified duty.",
    "The surgeon discussed with him the risks.",
    "The chiropractor noted an improvement of his gait.",
    "The QME found him permanent. He remains temporarily disabled.",
    "Per the nurse practitioner, he denied numbness.",
    "The physician's note of 10/14/2014 says that he rates the pain 7 out of 10.",
    "The patient saw an orthopedist. He also had dizziness and nausea.",
    "Dr. advised rest. His right shoulder was tender.",
    "He underwent a fusion in 2012 by another surgeon.",
    "One injection was given. He reported relief of 50 percent.",
    "The patient was seen by the doctor, and his injury was treated.",
]
OF_HIM = [
    "The physician prescribed her Norco.",
    "The surgeon noted that her left knee was swollen.",
    "She has been treated with therapy.",
    "She also had dizziness.",
    "The provider said that she returned to work in May.",
    "The doctor wrote that she failed therapy.",
    "Her past medical history was negative.",
    "Her medications are Norco and Soma.",
]
NOT_OF_HER = [
    "The surgeon had his staff ask for an MRI.",
    "The physician wrote that he had recommended physical therapy.",
    "The surgeon has experience, and he has performed many of these operations.",
    "The doctor completed his report. His diagnoses are a sprain and a strain.",
    "The physician stated his opinion. He failed to document a trial of NSAIDs.",
    "The surgeon noted tenderness. He reported tenderness of the spine.",
    "He ordered physical therapy.",
    "Her husband drives her. He has back pain too.",
    "Her son was hurt. His injury was minor.",
    "She was struck by a man, and his elbow hit her neck.",
    "A coworker dropped a box on his foot and she helped him.",
    "He requested six sessions of therapy. The surgeon gave his reasons.",
    "The physician rated the impairment. He rated it at 7 percent.",
    "The agreed medical evaluator gave his history of the claim.",
    "The provider noted in his examination that the neck was stiff.",
    "The chiropractor completed his treatment notes.",
    "Her employer denied his request.",
    "She lifted a resident when he fell. His weight was 300 pounds.",
    "She was assisting a patient, and he fell onto her. He was injured too.",
    "The surgeon planned his surgery for May.",
    "The author had back pain himself.",
    "The physician believes that with his treatment the pain will fall.",
    "Dr. advised that he would have a visit in May.",
    "The driver of the other car hit her. His car was fast; he sustained no injury.",
    "The dentist takes x-rays. He takes them twice.",
    "The interpreter was late. He had difficulty with the words.",
    "The psychologist was of the opinion that he has no objection to surgery.",
    "The physician documented in his history that the pain is worse.",
]
NOT_OF_HIM = [
    "His wife helps. She has back pain.",
    "The nurse said that her notes were lost.",
    "The psychologist completed her examination of him. Her diagnoses are anxiety and depression.",
    "The surgeon has her office call. She would like an MRI.",
    "His mother had diabetes, and her condition is severe.",
    "He told the therapist, and she examined her notes.",
    "The physician noted that she has seen no improvement in pain.",
    "The therapist said she had used massage for the pain.",
    "The doctor reported that she has treated the pain with injections.",
]

FIRES: Table = {
    "IMR304": [
        # The rows of the list of slips.
        {"summary.text": "The claimant is a 44 year old female. His diagnoses include a sprain."},
        k("His diagnoses include a strain of the left knee."),
        k("This individual was given advice, and he agreed with it."),
        {
            "summary.text": "The injured worker is a 44 year old male. Treatment has included "
            "naproxen. The treating physician noted a stiff neck. She also had dizziness."
        },
        *({"summary.text": WOMAN + text} for text in OF_HER),
        *({"summary.text": MAN + text} for text in OF_HIM),
    ],
}

NEAR_MISSES: Table = {
    "IMR304": [
        *({"summary.text": WOMAN + text} for text in NOT_OF_HER),
        *({"summary.text": MAN + text} for text in NOT_OF_HIM),
        k("Her diagnoses include a strain. The physician noted that she has tried ibuprofen."),
    ],
}
