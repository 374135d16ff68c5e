<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>A light box for chest films that also shows what a network sees.</source>
        <translation>Негатоскоп для снимков грудной клетки, который показывает и то, что видит нейросеть.</translation>
    </message>
    <message>
        <source>Research and education only. Not for diagnosis.</source>
        <translation>Только для исследований и обучения. Не для диагностики.</translation>
    </message>
    <message>
        <source>Films and answers stay on this computer; the program opens no network connection.</source>
        <translation>Снимки и ответы остаются на этом компьютере; программа не выходит в сеть.</translation>
    </message>
    <message>
        <source>Free software under the Apache License 2.0, standing on:</source>
        <translation>Свободная программа под лицензией Apache 2.0, в её основе:</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>Версия {version}</translation>
    </message>
    <message>
        <source>The program never looks for newer versions by itself; they are listed here:</source>
        <translation>Программа никогда не ищет обновления сама; новые версии перечислены здесь:</translation>
    </message>
    <message>
        <source>The texts of all these licences</source>
        <translation>Тексты всех этих лицензий</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>Tools</source>
        <translation>Инструменты</translation>
    </message>
    <message>
        <source>Grey levels: presets computed from the film</source>
        <translation>Уровни серого: наборы, вычисленные по снимку</translation>
    </message>
    <message>
        <source>Grey levels</source>
        <translation>Окно и уровень</translation>
    </message>
</context>
<context>
    <name>AgreementDialog</name>
    <message>
        <source>Agreement with the network</source>
        <translation>Согласие с нейросетью</translation>
    </message>
    <message>
        <source>Films on which you and the network differ</source>
        <translation>Снимки, по которым вы и сеть расходитесь</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>Сохранить как CSV…</translation>
    </message>
    <message>
        <source>Films that you judged before the network was heard. You and it agree where your yes or no is what it calls at its threshold; kappa is the agreement beyond chance, 1 when complete, 0 when none.</source>
        <translation>Снимки, которые вы оценили до ответа сети. Согласие — когда ваше «да» или «нет» совпадает с её решением при её пороге; каппа — согласие сверх случайного: 1 — полное, 0 — никакого.</translation>
    </message>
    <message>
        <source>Films</source>
        <translation>Снимки</translation>
    </message>
    <message>
        <source>Agreed</source>
        <translation>Совпало</translation>
    </message>
    <message>
        <source>Kappa</source>
        <translation>Каппа</translation>
    </message>
    <message>
        <source>You were unsure</source>
        <translation>Вы не уверены</translation>
    </message>
    <message>
        <source>You and the network differ: {count}</source>
        <translation>Расхождений: {count}</translation>
    </message>
    <message>
        <source>No film has been read first yet.</source>
        <translation>Ещё ни один снимок не прочитан сначала вами.</translation>
    </message>
    <message>
        <source>{finding}: you said {word}, the network {probability} (threshold {threshold})</source>
        <translation>{finding}: вы сказали «{word}», сеть {probability} (порог {threshold})</translation>
    </message>
</context>
<context>
    <name>Answer</name>
    <message>
        <source>threshold {number}</source>
        <translation>порог {number}</translation>
    </message>
</context>
<context>
    <name>Behind</name>
    <message>
        <source>What the network saw</source>
        <translation>Что видела нейросеть</translation>
    </message>
    <message>
        <source>Network: {name} {version}</source>
        <translation>Нейросеть: {name} {version}</translation>
    </message>
    <message>
        <source>Ran on {device}, {seconds}</source>
        <translation>Считала на {device}, {seconds}</translation>
    </message>
</context>
<context>
    <name>BoxList</name>
    <message>
        <source>Box {number}   {score}</source>
        <translation>Рамка {number}   {score}</translation>
    </message>
    <message>
        <source>Zoom to this box</source>
        <translation>Приблизить к этой рамке</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Being sharpened: the film is still being read</source>
        <translation>Резкость наводится: снимок ещё читается</translation>
    </message>
    <message>
        <source>Analysed although not assessable; not for diagnosis</source>
        <translation>Оценено, хотя непригодно; не для диагностики</translation>
    </message>
    <message>
        <source>Research and education only; not for diagnosis</source>
        <translation>Не для диагностики: исследования и обучение</translation>
    </message>
</context>
<context>
    <name>Card</name>
    <message>
        <source>This installation has no network whose card can be trusted; reinstall the program.</source>
        <translation>В этой установке нет нейросети с достоверным паспортом; переустановите программу.</translation>
    </message>
</context>
<context>
    <name>ColourBar</name>
    <message>
        <source>opacity {percent} %</source>
        <translation>непрозрачность {percent} %</translation>
    </message>
    <message>
        <source>σ {sigma} px</source>
        <translation>σ {sigma} пкс</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>Local contrast</source>
        <translation>Локальный контраст</translation>
    </message>
    <message>
        <source>Raise contrast part by part: half, full, off. The network never sees it</source>
        <translation>Усилить контраст по участкам: вполовину, полностью, выкл. Нейросеть этого не видит</translation>
    </message>
    <message>
        <source>Sharpen</source>
        <translation>Резкость</translation>
    </message>
    <message>
        <source>Sharpen fine detail: half, full, off. The network never sees it</source>
        <translation>Усилить мелкие детали: вполовину, полностью, выкл. Нейросеть этого не видит</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Файл</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Правка</translation>
    </message>
    <message>
        <source>Open films…</source>
        <translation>Открыть снимки…</translation>
    </message>
    <message>
        <source>Open DICOM, PNG, JPEG, TIFF, BMP or WebP files</source>
        <translation>Открыть файлы DICOM, PNG, JPEG, TIFF, BMP или WebP</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>Открыть папку…</translation>
    </message>
    <message>
        <source>Open every film in a folder and the folders within</source>
        <translation>Открыть все снимки в папке и во вложенных папках</translation>
    </message>
    <message>
        <source>Open the films of last time</source>
        <translation>Открыть снимки прошлого раза</translation>
    </message>
    <message>
        <source>Go on where you left off: the same films, the same one in front, as you saw them</source>
        <translation>Продолжить с того же места: те же снимки, тот же впереди, в том же виде</translation>
    </message>
    <message>
        <source>Recent studies</source>
        <translation>Недавние исследования</translation>
    </message>
    <message>
        <source>Open again what was opened of late</source>
        <translation>Снова открыть то, что открывалось недавно</translation>
    </message>
    <message>
        <source>Open the demonstration film</source>
        <translation>Открыть демонстрационный снимок</translation>
    </message>
    <message>
        <source>Open a computed chest film; it shows no real patient</source>
        <translation>Открыть рассчитанный снимок грудной клетки; это не настоящий пациент</translation>
    </message>
    <message>
        <source>Save picture as PNG…</source>
        <translation>Сохранить изображение в PNG…</translation>
    </message>
    <message>
        <source>Save the film as it is seen, overlays included</source>
        <translation>Сохранить снимок в том виде, как он показан, вместе с наложениями</translation>
    </message>
    <message>
        <source>Remove film from the list</source>
        <translation>Убрать снимок из списка</translation>
    </message>
    <message>
        <source>Take this film off the list; the file stays where it is</source>
        <translation>Убрать этот снимок из списка; файл останется на месте</translation>
    </message>
    <message>
        <source>Remove all films from the list</source>
        <translation>Убрать все снимки из списка</translation>
    </message>
    <message>
        <source>Take all films off the list; the files stay where they are</source>
        <translation>Убрать все снимки из списка; файлы останутся на месте</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Выход</translation>
    </message>
    <message>
        <source>Close the light box</source>
        <translation>Закрыть негатоскоп</translation>
    </message>
    <message>
        <source>Paste files or paths</source>
        <translation>Вставить файлы или пути</translation>
    </message>
    <message>
        <source>Open the files or paths on the clipboard</source>
        <translation>Открыть файлы или пути из буфера обмена</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>Копировать изображение</translation>
    </message>
    <message>
        <source>Copy the film as it is seen, overlays included</source>
        <translation>Копировать снимок в том виде, как он показан, вместе с наложениями</translation>
    </message>
    <message>
        <source>F&amp;indings</source>
        <translation>&amp;Находки</translation>
    </message>
    <message>
        <source>Draw a box</source>
        <translation>Нарисовать рамку</translation>
    </message>
    <message>
        <source>Draw a box of your own around a finding; it is kept apart from the network&apos;s</source>
        <translation>Нарисовать свою рамку вокруг находки; она хранится отдельно от рамок сети</translation>
    </message>
    <message>
        <source>Accept the box</source>
        <translation>Принять рамку</translation>
    </message>
    <message>
        <source>Agree with the chosen box of the network, as “Reviewed, and next” does; again takes it back</source>
        <translation>Согласиться с выбранной рамкой сети, как и «Просмотрено, дальше»; повторно — отменить</translation>
    </message>
    <message>
        <source>Reject the box</source>
        <translation>Отклонить рамку</translation>
    </message>
    <message>
        <source>Disagree with the chosen box of the network; once more takes it back</source>
        <translation>Не согласиться с выбранной рамкой сети; повторное нажатие отменяет</translation>
    </message>
    <message>
        <source>Next finding for the box</source>
        <translation>Следующая находка для рамки</translation>
    </message>
    <message>
        <source>Say that the chosen box shows another finding</source>
        <translation>Указать, что выбранная рамка показывает другую находку</translation>
    </message>
    <message>
        <source>Save boxes for training…</source>
        <translation>Сохранить рамки для обучения…</translation>
    </message>
    <message>
        <source>Save your boxes on the films seen in this sitting as COCO JSON</source>
        <translation>Сохранить ваши рамки на снимках, просмотренных в этом сеансе, как COCO JSON</translation>
    </message>
    <message>
        <source>Read boxes…</source>
        <translation>Прочитать рамки…</translation>
    </message>
    <message>
        <source>Read boxes from COCO JSON onto the films seen in this sitting</source>
        <translation>Прочитать рамки из COCO JSON на снимки, просмотренные в этом сеансе</translation>
    </message>
    <message>
        <source>Analyse again</source>
        <translation>Анализировать заново</translation>
    </message>
    <message>
        <source>Ask the network about this film</source>
        <translation>Спросить нейросеть об этом снимке</translation>
    </message>
    <message>
        <source>Analyse anyway</source>
        <translation>Анализировать всё равно</translation>
    </message>
    <message>
        <source>Judge a film that is not assessable; every output will say so</source>
        <translation>Оценить снимок, не подлежащий оценке; это будет указано в каждом результате</translation>
    </message>
    <message>
        <source>Put right and analyse</source>
        <translation>Исправить и проанализировать</translation>
    </message>
    <message>
        <source>Invert or turn a film that is inverted or turned, and judge it that way; every output will say so</source>
        <translation>Инвертировать или повернуть снимок, который инвертирован или повёрнут, и оценить его в таком виде; это будет указано везде</translation>
    </message>
    <message>
        <source>Cancel the analysis</source>
        <translation>Отменить анализ</translation>
    </message>
    <message>
        <source>Stop the network</source>
        <translation>Остановить нейросеть</translation>
    </message>
    <message>
        <source>Heatmap</source>
        <translation>Тепловая карта</translation>
    </message>
    <message>
        <source>Show where the network responds</source>
        <translation>Показать, где откликается нейросеть</translation>
    </message>
    <message>
        <source>Boxes</source>
        <translation>Рамки</translation>
    </message>
    <message>
        <source>Show the boxes with their scores</source>
        <translation>Показать рамки с оценками</translation>
    </message>
    <message>
        <source>Lung outline</source>
        <translation>Контур лёгких</translation>
    </message>
    <message>
        <source>Show the outline of the lungs</source>
        <translation>Показать контур лёгких</translation>
    </message>
    <message>
        <source>Hide overlays while held</source>
        <translation>Скрыть наложения, пока нажата</translation>
    </message>
    <message>
        <source>Hold to see the film with nothing on it</source>
        <translation>Удерживайте, чтобы видеть снимок без наложений</translation>
    </message>
    <message>
        <source>Next box</source>
        <translation>Следующая рамка</translation>
    </message>
    <message>
        <source>Zoom to the next box</source>
        <translation>Приблизить следующую рамку</translation>
    </message>
    <message>
        <source>Previous box</source>
        <translation>Предыдущая рамка</translation>
    </message>
    <message>
        <source>Zoom to the previous box</source>
        <translation>Приблизить предыдущую рамку</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Справка</translation>
    </message>
    <message>
        <source>Keys and gestures</source>
        <translation>Клавиши и жесты</translation>
    </message>
    <message>
        <source>Every key and mouse gesture on one page</source>
        <translation>Все клавиши и жесты мыши на одной странице</translation>
    </message>
    <message>
        <source>Key card to print…</source>
        <translation>Памятка по клавишам для печати…</translation>
    </message>
    <message>
        <source>Save every key and gesture on one sheet as a PDF file</source>
        <translation>Сохранить все клавиши и жесты на одном листе в файл PDF</translation>
    </message>
    <message>
        <source>About the network</source>
        <translation>О нейросети</translation>
    </message>
    <message>
        <source>What the network was trained on, how well it does and where it fails</source>
        <translation>На чём обучена нейросеть, насколько она точна и где ошибается</translation>
    </message>
    <message>
        <source>About Negatoscope</source>
        <translation>О программе Negatoscope</translation>
    </message>
    <message>
        <source>Version, licences and what this program is not for</source>
        <translation>Версия, лицензии и для чего программа не предназначена</translation>
    </message>
    <message>
        <source>Left drag</source>
        <translation>Левая кнопка, протянуть</translation>
    </message>
    <message>
        <source>Middle drag</source>
        <translation>Средняя кнопка, протянуть</translation>
    </message>
    <message>
        <source>Window: right is wider, up is brighter</source>
        <translation>Окно и уровень: вправо — шире, вверх — светлее</translation>
    </message>
    <message>
        <source>Move the film</source>
        <translation>Сдвинуть снимок</translation>
    </message>
    <message>
        <source>Right drag</source>
        <translation>Правая кнопка, протянуть</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Масштаб</translation>
    </message>
    <message>
        <source>Right click</source>
        <translation>Правая кнопка, щелчок</translation>
    </message>
    <message>
        <source>Space + drag</source>
        <translation>Пробел и протянуть</translation>
    </message>
    <message>
        <source>Shift or Ctrl while dragging</source>
        <translation>Shift или Ctrl при протягивании</translation>
    </message>
    <message>
        <source>The window moves less far, or further</source>
        <translation>Окно меняется слабее или сильнее</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Меню</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Колесо</translation>
    </message>
    <message>
        <source>Zoom at the pointer</source>
        <translation>Масштаб относительно указателя</translation>
    </message>
    <message>
        <source>Ctrl + wheel</source>
        <translation>Ctrl + колесо</translation>
    </message>
    <message>
        <source>Next or previous film</source>
        <translation>Следующий или предыдущий снимок</translation>
    </message>
    <message>
        <source>Double click</source>
        <translation>Двойной щелчок</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Во весь экран</translation>
    </message>
    <message>
        <source>Click a box</source>
        <translation>Щелчок по рамке</translation>
    </message>
    <message>
        <source>Zoom to it</source>
        <translation>Приблизить её</translation>
    </message>
    <message>
        <source>Drag a drawing</source>
        <translation>Перетащить рисунок</translation>
    </message>
    <message>
        <source>Move it; at a handle, reshape it</source>
        <translation>Сдвинуть его; за маркер — изменить форму</translation>
    </message>
    <message>
        <source>Drag the edge of a chosen box</source>
        <translation>Потянуть край выбранной рамки</translation>
    </message>
    <message>
        <source>Correct it; the network&apos;s own box stays as it was</source>
        <translation>Исправить её; рамка сети остаётся прежней</translation>
    </message>
    <message>
        <source>Drag from the list</source>
        <translation>Перетащить из списка</translation>
    </message>
    <message>
        <source>Hang a film in a pane</source>
        <translation>Повесить снимок в ячейку</translation>
    </message>
    <message>
        <source>Drag the line above a film</source>
        <translation>Перетащить строку над снимком</translation>
    </message>
    <message>
        <source>Hang it in another pane; the two films change places</source>
        <translation>Повесить снимок в другую ячейку; два снимка меняются местами</translation>
    </message>
    <message>
        <source>Window: right is wider, down is brighter</source>
        <translation>Окно и уровень: вправо — шире, вниз — светлее</translation>
    </message>
    <message>
        <source>Window: left is wider, up is brighter</source>
        <translation>Окно и уровень: влево — шире, вверх — светлее</translation>
    </message>
    <message>
        <source>Window: left is wider, down is brighter</source>
        <translation>Окно и уровень: влево — шире, вниз — светлее</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>&amp;Инструменты</translation>
    </message>
    <message>
        <source>Speak this language at once, here and at the next start</source>
        <translation>Перейти на этот язык сразу, и при следующем запуске тоже</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Take back the last change to this film&apos;s look</source>
        <translation>Отменить последнее изменение вида этого снимка</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>Take the change again</source>
        <translation>Вернуть отменённое изменение</translation>
    </message>
    <message>
        <source>Find a command…</source>
        <translation>Найти команду…</translation>
    </message>
    <message>
        <source>Type a few letters of anything the program can do</source>
        <translation>Наберите несколько букв любой команды программы</translation>
    </message>
    <message>
        <source>Keyboard to the next panel</source>
        <translation>Клавиатура — на следующую панель</translation>
    </message>
    <message>
        <source>Move the keyboard between film, list and panels</source>
        <translation>Переводить клавиатуру между снимком, списком и панелями</translation>
    </message>
    <message>
        <source>Tags of this film…</source>
        <translation>Теги этого снимка…</translation>
    </message>
    <message>
        <source>Everything the DICOM file says, searched as you type</source>
        <translation>Всё, что записано в файле DICOM, с поиском по мере набора</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Настройки…</translation>
    </message>
    <message>
        <source>Language, mouse, keys, text, network and memory</source>
        <translation>Язык, мышь, клавиши, текст, нейросеть и память</translation>
    </message>
    <message>
        <source>Language: English</source>
        <translation>Язык: английский (English)</translation>
    </message>
    <message>
        <source>Language: Russian (русский)</source>
        <translation>Язык: русский</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Вид</translation>
    </message>
    <message>
        <source>&amp;Grey levels</source>
        <translation>&amp;Окно и уровень</translation>
    </message>
    <message>
        <source>Show or hide this panel</source>
        <translation>Показать или скрыть эту панель</translation>
    </message>
    <message>
        <source>Whole film</source>
        <translation>Весь снимок</translation>
    </message>
    <message>
        <source>Fit the whole film into the window</source>
        <translation>Вписать весь снимок в окно</translation>
    </message>
    <message>
        <source>Actual pixels</source>
        <translation>Пиксель в пиксель</translation>
    </message>
    <message>
        <source>One film pixel is one screen pixel</source>
        <translation>Один пиксель снимка — один пиксель экрана</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Приблизить</translation>
    </message>
    <message>
        <source>Zoom in on the middle</source>
        <translation>Приблизить относительно центра</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Отдалить</translation>
    </message>
    <message>
        <source>Zoom out from the middle</source>
        <translation>Отдалить относительно центра</translation>
    </message>
    <message>
        <source>Turn right</source>
        <translation>Повернуть вправо</translation>
    </message>
    <message>
        <source>Turn a quarter clockwise</source>
        <translation>Повернуть на 90° по часовой стрелке</translation>
    </message>
    <message>
        <source>Turn left</source>
        <translation>Повернуть влево</translation>
    </message>
    <message>
        <source>Turn a quarter anticlockwise</source>
        <translation>Повернуть на 90° против часовой стрелки</translation>
    </message>
    <message>
        <source>Flip left and right</source>
        <translation>Отразить слева направо</translation>
    </message>
    <message>
        <source>Mirror left and right; the edge letters follow</source>
        <translation>Зеркально отразить лево и право; буквы по краям следуют за снимком</translation>
    </message>
    <message>
        <source>Flip top and bottom</source>
        <translation>Отразить сверху вниз</translation>
    </message>
    <message>
        <source>Mirror top and bottom; the edge letters follow</source>
        <translation>Зеркально отразить верх и низ; буквы по краям следуют за снимком</translation>
    </message>
    <message>
        <source>Reset the film</source>
        <translation>Сбросить вид снимка</translation>
    </message>
    <message>
        <source>Lay down what is being drawn, leave full screen, then see the film as it was first shown</source>
        <translation>Бросить начатое построение, выйти из полноэкранного режима, затем показать снимок как при открытии</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>Инвертировать</translation>
    </message>
    <message>
        <source>Exchange black and white</source>
        <translation>Поменять местами чёрное и белое</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Автоматически</translation>
    </message>
    <message>
        <source>Window computed from the film, borders left out</source>
        <translation>Окно, вычисленное по снимку без учёта полей</translation>
    </message>
    <message>
        <source>The film&apos;s first window</source>
        <translation>Первое окно снимка</translation>
    </message>
    <message>
        <source>The first window or table stored in the file</source>
        <translation>Первое окно или таблица, записанные в файле</translation>
    </message>
    <message>
        <source>The film&apos;s second window</source>
        <translation>Второе окно снимка</translation>
    </message>
    <message>
        <source>The second window or table stored in the file</source>
        <translation>Второе окно или таблица, записанные в файле</translation>
    </message>
    <message>
        <source>Lung</source>
        <translation>Лёгкие</translation>
    </message>
    <message>
        <source>Window for the lungs, computed from the film</source>
        <translation>Лёгочное окно, вычисленное по снимку</translation>
    </message>
    <message>
        <source>Mediastinum and bone</source>
        <translation>Средостение и кости</translation>
    </message>
    <message>
        <source>Window for dense parts, computed from the film</source>
        <translation>Окно для плотных структур, вычисленное по снимку</translation>
    </message>
    <message>
        <source>Full range</source>
        <translation>Весь диапазон</translation>
    </message>
    <message>
        <source>From the darkest to the brightest pixel</source>
        <translation>От самого тёмного до самого светлого пикселя</translation>
    </message>
    <message>
        <source>Soft curve</source>
        <translation>Мягкая кривая</translation>
    </message>
    <message>
        <source>Sigmoid curve that clips neither end</source>
        <translation>Сигмоидная кривая, не обрезающая края диапазона</translation>
    </message>
    <message>
        <source>Previous film</source>
        <translation>Предыдущий снимок</translation>
    </message>
    <message>
        <source>Hang the film above in the list</source>
        <translation>Повесить снимок выше по списку</translation>
    </message>
    <message>
        <source>Next film</source>
        <translation>Следующий снимок</translation>
    </message>
    <message>
        <source>Hang the film below in the list</source>
        <translation>Повесить снимок ниже по списку</translation>
    </message>
    <message>
        <source>Previous frame</source>
        <translation>Предыдущий кадр</translation>
    </message>
    <message>
        <source>The frame before, in a film with several</source>
        <translation>Предыдущий кадр многокадрового снимка</translation>
    </message>
    <message>
        <source>Next frame</source>
        <translation>Следующий кадр</translation>
    </message>
    <message>
        <source>The frame after, in a film with several</source>
        <translation>Следующий кадр многокадрового снимка</translation>
    </message>
    <message>
        <source>Corner text: all, less, none</source>
        <translation>Текст в углах: весь, кратко, нет</translation>
    </message>
    <message>
        <source>Change how much text lies on the film</source>
        <translation>Изменить, сколько текста лежит на снимке</translation>
    </message>
    <message>
        <source>Hide names and dates</source>
        <translation>Скрыть имена и даты</translation>
    </message>
    <message>
        <source>Hide patient data on the film, in the title and in the list</source>
        <translation>Скрыть данные пациента на снимке, в заголовке и в списке</translation>
    </message>
    <message>
        <source>Films panel</source>
        <translation>Панель снимков</translation>
    </message>
    <message>
        <source>Findings panel</source>
        <translation>Панель находок</translation>
    </message>
    <message>
        <source>Overlays panel</source>
        <translation>Панель наложений</translation>
    </message>
    <message>
        <source>Drawings panel</source>
        <translation>Панель построений</translation>
    </message>
    <message>
        <source>Feature map panel</source>
        <translation>Панель «Карта признаков»</translation>
    </message>
    <message>
        <source>Only the film, on the whole screen</source>
        <translation>Только снимок, во весь экран</translation>
    </message>
    <message>
        <source>&amp;Measure</source>
        <translation>И&amp;змерения</translation>
    </message>
    <message>
        <source>Ruler</source>
        <translation>Линейка</translation>
    </message>
    <message>
        <source>Measure a length; millimetres only where the scale is known</source>
        <translation>Измерить длину; миллиметры — только если известен масштаб</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>Угол</translation>
    </message>
    <message>
        <source>Measure an angle: one arm, its corner, the other arm</source>
        <translation>Измерить угол: один луч, вершина, другой луч</translation>
    </message>
    <message>
        <source>Cobb angle</source>
        <translation>Угол Кобба</translation>
    </message>
    <message>
        <source>Measure the angle between two lines</source>
        <translation>Измерить угол между двумя линиями</translation>
    </message>
    <message>
        <source>Cardiothoracic ratio</source>
        <translation>Кардиоторакальный индекс</translation>
    </message>
    <message>
        <source>Heart over chest width: proposed by the network, corrected by hand</source>
        <translation>КТИ: ширина сердца к ширине грудной клетки; предлагает нейросеть, поправляют рукой</translation>
    </message>
    <message>
        <source>Ellipse</source>
        <translation>Эллипс</translation>
    </message>
    <message>
        <source>Area and pixel statistics within an ellipse</source>
        <translation>Площадь и статистика пикселей в эллипсе</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>Прямоугольник</translation>
    </message>
    <message>
        <source>Area and pixel statistics within a rectangle</source>
        <translation>Площадь и статистика пикселей в прямоугольнике</translation>
    </message>
    <message>
        <source>Freehand area</source>
        <translation>Область от руки</translation>
    </message>
    <message>
        <source>Area and pixel statistics within a line drawn freely</source>
        <translation>Площадь и статистика пикселей в контуре, обведённом от руки</translation>
    </message>
    <message>
        <source>Arrow</source>
        <translation>Стрелка</translation>
    </message>
    <message>
        <source>Point at something</source>
        <translation>Указать на что-либо</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Заметка</translation>
    </message>
    <message>
        <source>Click on the film and write</source>
        <translation>Щёлкните по снимку и напишите</translation>
    </message>
    <message>
        <source>Calibrate by a line…</source>
        <translation>Калибровать по линии…</translation>
    </message>
    <message>
        <source>Tell how many millimetres the chosen ruler, or one you draw now, is long</source>
        <translation>Указать, сколько миллиметров в выбранной или сейчас проведённой линейке</translation>
    </message>
    <message>
        <source>Forget the calibration</source>
        <translation>Забыть калибровку</translation>
    </message>
    <message>
        <source>Measure with the film&apos;s own scale again</source>
        <translation>Снова измерять в масштабе самого снимка</translation>
    </message>
    <message>
        <source>Delete the drawing</source>
        <translation>Удалить построение</translation>
    </message>
    <message>
        <source>Take the chosen drawing away; undo brings it back</source>
        <translation>Удалить выбранное построение; отмена его вернёт</translation>
    </message>
    <message>
        <source>Delete all drawings</source>
        <translation>Удалить все построения</translation>
    </message>
    <message>
        <source>Take every drawing off this film; undo brings them back</source>
        <translation>Удалить все построения с этого снимка; отмена их вернёт</translation>
    </message>
    <message>
        <source>Magnifier</source>
        <translation>Лупа</translation>
    </message>
    <message>
        <source>Hold a magnifier over the film, under the pointer</source>
        <translation>Держать лупу над снимком, под указателем</translation>
    </message>
    <message>
        <source>Magnifier with its own window</source>
        <translation>Лупа со своим окном</translation>
    </message>
    <message>
        <source>Give what lies under the magnifier the whole grey scale</source>
        <translation>Растянуть участок под лупой на всю шкалу серого</translation>
    </message>
    <message>
        <source>&amp;Worklist</source>
        <translation>Список ра&amp;боты</translation>
    </message>
    <message>
        <source>Reviewed, and next</source>
        <translation>Просмотрен, и следующий</translation>
    </message>
    <message>
        <source>Mark the film as reviewed and hang the next unread one; accepts the box while one is chosen</source>
        <translation>Отметить снимок просмотренным и повесить следующий непрочитанный; принимает рамку, пока она выбрана</translation>
    </message>
    <message>
        <source>Mark as reviewed</source>
        <translation>Отметить просмотренным</translation>
    </message>
    <message>
        <source>Mark the film as reviewed; it is remembered</source>
        <translation>Отметить снимок просмотренным; отметка сохраняется</translation>
    </message>
    <message>
        <source>Mark as unread</source>
        <translation>Отметить непрочитанным</translation>
    </message>
    <message>
        <source>Mark the film as not reviewed yet</source>
        <translation>Отметить снимок ещё не просмотренным</translation>
    </message>
    <message>
        <source>Open all above threshold</source>
        <translation>Открыть все выше порога</translation>
    </message>
    <message>
        <source>Show only films above threshold and hang the first</source>
        <translation>Показать только снимки выше порога и повесить первый</translation>
    </message>
    <message>
        <source>Pause or go on</source>
        <translation>Приостановить или продолжить</translation>
    </message>
    <message>
        <source>Let reading and analysing of the list rest, or go on</source>
        <translation>Приостановить чтение и анализ списка или продолжить</translation>
    </message>
    <message>
        <source>Stop analysing the list</source>
        <translation>Прекратить анализ списка</translation>
    </message>
    <message>
        <source>Analyse no more films; all answers are kept</source>
        <translation>Больше не анализировать снимки; все ответы сохраняются</translation>
    </message>
    <message>
        <source>Ask the present network again</source>
        <translation>Спросить нынешнюю сеть заново</translation>
    </message>
    <message>
        <source>Analyse the films that only an older network has answered</source>
        <translation>Проанализировать снимки, о которых ответила только прежняя сеть</translation>
    </message>
    <message>
        <source>Summary of the list</source>
        <translation>Сводка по списку</translation>
    </message>
    <message>
        <source>Counts, scores and failures</source>
        <translation>Количества, оценки и неудачи</translation>
    </message>
    <message>
        <source>Save the list as a table…</source>
        <translation>Сохранить список таблицей…</translation>
    </message>
    <message>
        <source>Save every row as CSV or JSON</source>
        <translation>Сохранить каждую строку в CSV или JSON</translation>
    </message>
    <message>
        <source>Watch a folder…</source>
        <translation>Следить за папкой…</translation>
    </message>
    <message>
        <source>Take in new films of a folder by themselves; again to stop</source>
        <translation>Принимать новые снимки папки сами собой; повторно — прекратить</translation>
    </message>
    <message>
        <source>One film</source>
        <translation>Один снимок</translation>
    </message>
    <message>
        <source>The film in front alone</source>
        <translation>Только снимок впереди</translation>
    </message>
    <message>
        <source>Two films side by side</source>
        <translation>Два снимка рядом</translation>
    </message>
    <message>
        <source>Two panes side by side; drag films into them from the list</source>
        <translation>Две ячейки рядом; снимки перетаскиваются в них из списка</translation>
    </message>
    <message>
        <source>Two films, one above the other</source>
        <translation>Два снимка друг над другом</translation>
    </message>
    <message>
        <source>Two panes, one above the other; drag films into them from the list</source>
        <translation>Две ячейки друг над другом; снимки перетаскиваются в них из списка</translation>
    </message>
    <message>
        <source>Four films</source>
        <translation>Четыре снимка</translation>
    </message>
    <message>
        <source>Four panes; drag films into them from the list</source>
        <translation>Четыре ячейки; снимки перетаскиваются в них из списка</translation>
    </message>
    <message>
        <source>Next pane</source>
        <translation>Следующая ячейка</translation>
    </message>
    <message>
        <source>Bring the next pane in front: commands act on its film</source>
        <translation>Вывести вперёд следующую ячейку: команды относятся к её снимку</translation>
    </message>
    <message>
        <source>Previous pane</source>
        <translation>Предыдущая ячейка</translation>
    </message>
    <message>
        <source>Bring the previous pane in front: commands act on its film</source>
        <translation>Вывести вперёд предыдущую ячейку: команды относятся к её снимку</translation>
    </message>
    <message>
        <source>Exchange with the next pane</source>
        <translation>Поменять местами со следующей ячейкой</translation>
    </message>
    <message>
        <source>Hang the film of the next pane here, and the film in front there</source>
        <translation>Повесить сюда снимок следующей ячейки, а снимок впереди — туда</translation>
    </message>
    <message>
        <source>Prior beside</source>
        <translation>Прежний снимок рядом</translation>
    </message>
    <message>
        <source>Hang the nearest earlier film of this patient beside the one in front</source>
        <translation>Повесить рядом ближайший прежний снимок этого пациента</translation>
    </message>
    <message>
        <source>Next prior</source>
        <translation>Следующий прежний снимок</translation>
    </message>
    <message>
        <source>Hang the next of this patient&apos;s other films beside the one in front</source>
        <translation>Повесить рядом следующий из других снимков этого пациента</translation>
    </message>
    <message>
        <source>Let films beside each other move together; never a frontal one with a lateral</source>
        <translation>Сдвигать и увеличивать соседние снимки вместе; прямой с боковым — никогда</translation>
    </message>
    <message>
        <source>Link zoom and pan</source>
        <translation>Связать масштаб и сдвиг</translation>
    </message>
    <message>
        <source>Answer the question in turn: first lung opacity, then COVID-19</source>
        <translation>Ответить на очередной вопрос: сначала затемнение лёгких, потом COVID-19</translation>
    </message>
    <message>
        <source>My read first</source>
        <translation>Сначала моё чтение</translation>
    </message>
    <message>
        <source>Hold the network&apos;s answers back until you have said what you see</source>
        <translation>Не показывать ответы сети, пока вы не скажете, что видите</translation>
    </message>
    <message>
        <source>I see it: yes</source>
        <translation>Я вижу: да</translation>
    </message>
    <message>
        <source>I see it: no</source>
        <translation>Я вижу: нет</translation>
    </message>
    <message>
        <source>I see it: unsure</source>
        <translation>Я вижу: не уверен</translation>
    </message>
    <message>
        <source>Take back what I said last</source>
        <translation>Взять назад последний ответ</translation>
    </message>
    <message>
        <source>Answer the last question anew; possible until the network is heard</source>
        <translation>Ответить на последний вопрос заново; можно, пока сеть не высказалась</translation>
    </message>
    <message>
        <source>Remark on what I see</source>
        <translation>Замечание к увиденному</translation>
    </message>
    <message>
        <source>Write a remark that is kept with your impression</source>
        <translation>Написать замечание, которое сохранится с вашим впечатлением</translation>
    </message>
    <message>
        <source>Record, and hear the network</source>
        <translation>Записать и узнать ответ сети</translation>
    </message>
    <message>
        <source>Keep what you said, as “Reviewed, and next” does, and show the network&apos;s answer</source>
        <translation>Сохранить сказанное, как и «Просмотрено, дальше», и показать ответ сети</translation>
    </message>
    <message>
        <source>Agreement with the network…</source>
        <translation>Согласие с нейросетью…</translation>
    </message>
    <message>
        <source>How often you and the network said the same of films you read first</source>
        <translation>Как часто вы и сеть говорили одно и то же о снимках, прочитанных вами сначала</translation>
    </message>
    <message>
        <source>A window that you kept, fitted to the greys of this film</source>
        <translation>Окно, которое вы сохранили, по серым тонам этого снимка</translation>
    </message>
    <message>
        <source>Keep the window of this film for every film</source>
        <translation>Сохранить окно этого снимка для всех снимков</translation>
    </message>
    <message>
        <source>My window 1</source>
        <translation>Моё окно 1</translation>
    </message>
    <message>
        <source>My window 2</source>
        <translation>Моё окно 2</translation>
    </message>
    <message>
        <source>My window 3</source>
        <translation>Моё окно 3</translation>
    </message>
    <message>
        <source>Keep as my window 1</source>
        <translation>Сохранить как моё окно 1</translation>
    </message>
    <message>
        <source>Keep as my window 2</source>
        <translation>Сохранить как моё окно 2</translation>
    </message>
    <message>
        <source>Keep as my window 3</source>
        <translation>Сохранить как моё окно 3</translation>
    </message>
</context>
<context>
    <name>CornerText</name>
    <message>
        <source>Patient hidden</source>
        <translation>Пациент скрыт</translation>
    </message>
    <message>
        <source>table {number}</source>
        <translation>таблица {number}</translation>
    </message>
    <message>
        <source>Film&apos;s own curve: {name}</source>
        <translation>Кривая из файла: {name}</translation>
    </message>
    <message>
        <source>W {width}  L {level}</source>
        <translation>Окно {width} / {level}</translation>
    </message>
    <message>
        <source>sigmoid</source>
        <translation>сигмоида</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>Авто</translation>
    </message>
    <message>
        <source>Lung</source>
        <translation>Лёгкие</translation>
    </message>
    <message>
        <source>Bone</source>
        <translation>Кости</translation>
    </message>
    <message>
        <source>Full range</source>
        <translation>Весь диапазон</translation>
    </message>
    <message>
        <source>My window</source>
        <translation>Моё окно</translation>
    </message>
    <message>
        <source>inverted</source>
        <translation>инвертирован</translation>
    </message>
    <message>
        <source>mirrored</source>
        <translation>отражён</translation>
    </message>
    <message>
        <source>turned {degrees}°</source>
        <translation>повёрнут на {degrees}°</translation>
    </message>
    <message>
        <source>local contrast {percent} %</source>
        <translation>локальный контраст {percent} %</translation>
    </message>
    <message>
        <source>sharpened {percent} %</source>
        <translation>резкость {percent} %</translation>
    </message>
    <message>
        <source>warnings about this file: {count}</source>
        <translation>замечаний к файлу: {count}</translation>
    </message>
    <message>
        <source>frame {frame} of {frames}</source>
        <translation>кадр {frame} из {frames}</translation>
    </message>
    <message>
        <source>calibrated</source>
        <translation>калибровано</translation>
    </message>
    <message>
        <source>at detector</source>
        <translation>на детекторе</translation>
    </message>
    <message>
        <source>magnified</source>
        <translation>с учётом увеличения</translation>
    </message>
    <message>
        <source>from the file</source>
        <translation>из файла</translation>
    </message>
    <message>
        <source>calibrated by hand</source>
        <translation>калибровано вручную</translation>
    </message>
    <message>
        <source>scale unknown: px</source>
        <translation>масштаб неизвестен: пкс</translation>
    </message>
    <message>
        <source>{size} mm/px, {source}</source>
        <translation>{size} мм/пкс, {source}</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>row {row}  column {column}</source>
        <translation>строка {row}  столбец {column}</translation>
    </message>
    <message>
        <source>value {value}</source>
        <translation>значение {value}</translation>
    </message>
</context>
<context>
    <name>Course</name>
    <message>
        <source>extent {extent}</source>
        <translation>площадь {extent}</translation>
    </message>
    <message>
        <source>score {score}</source>
        <translation>оценка {score}</translation>
    </message>
    <message>
        <source>day {n}</source>
        <translation>день {n}</translation>
    </message>
    <message>
        <source>Opacity, % of the lungs</source>
        <translation>Затемнение, % лёгких</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Оценка</translation>
    </message>
</context>
<context>
    <name>CourseCard</name>
    <message>
        <source>Films of this patient over time</source>
        <translation>Снимки этого пациента во времени</translation>
    </message>
</context>
<context>
    <name>CoursePlot</name>
    <message>
        <source>Opacity and score over time</source>
        <translation>Затемнение и оценка во времени</translation>
    </message>
</context>
<context>
    <name>Crash</name>
    <message>
        <source>nowhere: the folder {folder} cannot be written</source>
        <translation>никуда: в папку {folder} нельзя записать</translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation>Что-то пошло не так</translation>
    </message>
    <message>
        <source>Something unforeseen happened. Your films are untouched and you can go on.</source>
        <translation>Произошла непредвиденная ошибка. Снимки не затронуты, можно продолжать работу.</translation>
    </message>
    <message>
        <source>A report without patient data was written to:
{where}
Please attach it when you report this.</source>
        <translation>Отчёт без данных пациента записан сюда:
{where}
Приложите его, когда будете сообщать об ошибке.</translation>
    </message>
</context>
<context>
    <name>Dock</name>
    <message>
        <source>Hide this panel ({key} brings it back)</source>
        <translation>Скрыть эту панель ({key} — вернуть)</translation>
    </message>
    <message>
        <source>Hide this panel</source>
        <translation>Скрыть эту панель</translation>
    </message>
</context>
<context>
    <name>Doors</name>
    <message>
        <source>Keys and gestures</source>
        <translation>Клавиши и жесты</translation>
    </message>
    <message>
        <source>About Negatoscope</source>
        <translation>О программе Negatoscope</translation>
    </message>
    <message>
        <source>About the network</source>
        <translation>О нейросети</translation>
    </message>
</context>
<context>
    <name>Drawings</name>
    <message>
        <source>Write, then Enter</source>
        <translation>Напишите и нажмите Enter</translation>
    </message>
    <message>
        <source>Length of this line in mm</source>
        <translation>Длина этой линии в мм</translation>
    </message>
    <message>
        <source>Ruler</source>
        <translation>Линейка</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>Угол</translation>
    </message>
    <message>
        <source>Cobb angle</source>
        <translation>Угол Кобба</translation>
    </message>
    <message>
        <source>Heart and chest</source>
        <translation>Сердце и грудная клетка</translation>
    </message>
    <message>
        <source>Ellipse</source>
        <translation>Эллипс</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>Прямоугольник</translation>
    </message>
    <message>
        <source>Freehand area</source>
        <translation>Область от руки</translation>
    </message>
    <message>
        <source>Arrow</source>
        <translation>Стрелка</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Заметка</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>Рамка</translation>
    </message>
</context>
<context>
    <name>DrawingsPanel</name>
    <message>
        <source>Drawings</source>
        <translation>Построения</translation>
    </message>
    <message>
        <source>ruler</source>
        <translation>линейка</translation>
    </message>
    <message>
        <source>heart</source>
        <translation>сердце</translation>
    </message>
    <message>
        <source>ellipse</source>
        <translation>эллипс</translation>
    </message>
    <message>
        <source>note</source>
        <translation>заметка</translation>
    </message>
    <message>
        <source>Nothing is drawn on this film.</source>
        <translation>На снимке нет построений.</translation>
    </message>
    <message>
        <source>Nothing is drawn on this film: {tools}.</source>
        <translation>На снимке нет построений: {tools}.</translation>
    </message>
</context>
<context>
    <name>EdgeLetters</name>
    <message>
        <source>orientation unknown</source>
        <translation>ориентация неизвестна</translation>
    </message>
</context>
<context>
    <name>FeatureMap</name>
    <message>
        <source>{finding} on {yes} of {known}.</source>
        <translation>{finding}: на {yes} из {known}.</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>неизвестно</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>да</translation>
    </message>
    <message>
        <source>no</source>
        <translation>нет</translation>
    </message>
</context>
<context>
    <name>FeatureMapPanel</name>
    <message>
        <source>Finding</source>
        <translation>Признак</translation>
    </message>
    <message>
        <source>Which answer the marks show</source>
        <translation>Какой ответ показывают значки</translation>
    </message>
    <message>
        <source>Feature map</source>
        <translation>Карта признаков</translation>
    </message>
    <message>
        <source>Click, or move with the arrow keys, to list the training films there; Home goes back to this film.
The network learned from these films, so they lie apart more clearly than new ones do.</source>
        <translation>Щёлкните или двигайтесь стрелками, чтобы увидеть учебные снимки в этом месте; Home возвращает к этому снимку.
Сеть училась на этих снимках, поэтому они разделены чётче, чем новые.</translation>
    </message>
    <message>
        <source>Nearest training films</source>
        <translation>Ближайшие учебные снимки</translation>
    </message>
    <message>
        <source>confirmed</source>
        <translation>подтверждено</translation>
    </message>
    <message>
        <source>not</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>неизвестно</translation>
    </message>
    <message>
        <source>This network came without a feature map.</source>
        <translation>Эта сеть поставляется без карты признаков.</translation>
    </message>
    <message>
        <source>Once the network has judged the film, its place among the training films is marked here.</source>
        <translation>Когда сеть оценит снимок, здесь будет отмечено его место среди учебных снимков.</translation>
    </message>
    <message>
        <source>Nearest to the place you chose:</source>
        <translation>Ближайшие к выбранному месту:</translation>
    </message>
    <message>
        <source>Nearest to this film:</source>
        <translation>Ближайшие к этому снимку:</translation>
    </message>
    <message>
        <source>No training film lies near: the network has seen little like it.</source>
        <translation>Рядом нет учебных снимков: сеть почти не видела похожих.</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>All files (*)</source>
        <translation>Все файлы (*)</translation>
    </message>
    <message>
        <source>Films (*.dcm *.dicom *.png *.jpg *.jpeg *.tif *.tiff *.bmp *.webp)</source>
        <translation>Снимки (*.dcm *.dicom *.png *.jpg *.jpeg *.tif *.tiff *.bmp *.webp)</translation>
    </message>
    <message>
        <source>Open films</source>
        <translation>Открыть снимки</translation>
    </message>
    <message>
        <source>Open a folder of films</source>
        <translation>Открыть папку со снимками</translation>
    </message>
    <message>
        <source>Boxes in COCO JSON (*.json)</source>
        <translation>Рамки в COCO JSON (*.json)</translation>
    </message>
    <message>
        <source>Read boxes</source>
        <translation>Прочитать рамки</translation>
    </message>
    <message>
        <source>boxes.json</source>
        <translation>рамки.json</translation>
    </message>
    <message>
        <source>Save boxes</source>
        <translation>Сохранить рамки</translation>
    </message>
    <message>
        <source>worklist.csv</source>
        <translation>список.csv</translation>
    </message>
    <message>
        <source>CSV table (*.csv)</source>
        <translation>Таблица CSV (*.csv)</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl *.json)</source>
        <translation>Строки JSON (*.jsonl *.json)</translation>
    </message>
    <message>
        <source>Save the list</source>
        <translation>Сохранить список</translation>
    </message>
    <message>
        <source>Save the agreement</source>
        <translation>Сохранить согласие</translation>
    </message>
    <message>
        <source>agreement.csv</source>
        <translation>согласие.csv</translation>
    </message>
    <message>
        <source>film.png</source>
        <translation>снимок.png</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>Сохранить изображение</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>Изображение PNG (*.png)</translation>
    </message>
    <message>
        <source>negatoscope keys.pdf</source>
        <translation>negatoscope клавиши.pdf</translation>
    </message>
    <message>
        <source>Save key card</source>
        <translation>Сохранить памятку</translation>
    </message>
    <message>
        <source>PDF document (*.pdf)</source>
        <translation>Документ PDF (*.pdf)</translation>
    </message>
</context>
<context>
    <name>FilmList</name>
    <message>
        <source>Films</source>
        <translation>Снимки</translation>
    </message>
</context>
<context>
    <name>FilmModel</name>
    <message>
        <source>✓ {state}</source>
        <translation>✓ {state}</translation>
    </message>
</context>
<context>
    <name>FilmView</name>
    <message>
        <source>Light box</source>
        <translation>Негатоскоп</translation>
    </message>
    <message>
        <source>No film is shown. Drop films here or open some.</source>
        <translation>Снимка нет. Перетащите снимки сюда или откройте их.</translation>
    </message>
    <message>
        <source>An empty pane. Drag a film here.</source>
        <translation>Пустая ячейка. Перетащите сюда снимок.</translation>
    </message>
    <message>
        <source>A film is being read.</source>
        <translation>Снимок читается.</translation>
    </message>
    <message>
        <source>view unknown</source>
        <translation>проекция неизвестна</translation>
    </message>
    <message>
        <source>{columns} by {rows} pixels</source>
        <translation>{columns} на {rows} пикселей</translation>
    </message>
    <message>
        <source>Film, {view}, {size}</source>
        <translation>Снимок, {view}, {size}</translation>
    </message>
</context>
<context>
    <name>FindingsPanel</name>
    <message>
        <source>Research and education only. Not for diagnosis.</source>
        <translation>Только для исследований и обучения. Не для диагностики.</translation>
    </message>
    <message>
        <source>Progress of the network</source>
        <translation>Ход работы нейросети</translation>
    </message>
    <message>
        <source>Analyse anyway</source>
        <translation>Анализировать всё равно</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Analyse again</source>
        <translation>Анализировать заново</translation>
    </message>
    <message>
        <source>Analyse</source>
        <translation>Анализировать</translation>
    </message>
    <message>
        <source>Invert and analyse</source>
        <translation>Инвертировать и проанализировать</translation>
    </message>
    <message>
        <source>Turn and analyse</source>
        <translation>Повернуть и проанализировать</translation>
    </message>
    <message>
        <source>No film on the box</source>
        <translation>На негатоскопе нет снимка</translation>
    </message>
    <message>
        <source>Open a film to see what the network sees on it.</source>
        <translation>Откройте снимок, чтобы узнать, что видит на нём нейросеть.</translation>
    </message>
    <message>
        <source>Nothing to analyse</source>
        <translation>Нечего анализировать</translation>
    </message>
    <message>
        <source>The analysis was cancelled</source>
        <translation>Анализ отменён</translation>
    </message>
    <message>
        <source>Not analysed yet</source>
        <translation>Ещё не проанализирован</translation>
    </message>
    <message>
        <source>Analysing…</source>
        <translation>Идёт анализ…</translation>
    </message>
    <message>
        <source>The film can be read meanwhile.</source>
        <translation>Снимок пока можно смотреть.</translation>
    </message>
    <message>
        <source>The analysis failed</source>
        <translation>Анализ не удался</translation>
    </message>
    <message>
        <source>Analysed although not assessable</source>
        <translation>Проанализирован, хотя не подлежит оценке</translation>
    </message>
    <message>
        <source>Not assessable</source>
        <translation>Не подлежит оценке</translation>
    </message>
    <message>
        <source>Analysed after it was put right</source>
        <translation>Проанализировано после исправления</translation>
    </message>
</context>
<context>
    <name>FirstAnswer</name>
    <message>
        <source>Opacity covers {extent} of the lungs</source>
        <translation>Затемнение занимает {extent} площади лёгких</translation>
    </message>
</context>
<context>
    <name>FirstRunDialog</name>
    <message>
        <source>Before you begin</source>
        <translation>Прежде чем начать</translation>
    </message>
    <message>
        <source>Research and education only</source>
        <translation>Только для исследований и обучения</translation>
    </message>
    <message>
        <source>Negatoscope is not a medical device. Do not use it, or what its network says, for diagnosis.</source>
        <translation>Negatoscope — не медицинское изделие. Не используйте программу и ответы её нейросети для диагностики.</translation>
    </message>
    <message>
        <source>The network can be wrong in both directions, and is most often wrong on films unlike those it learned from. Heatmaps show where it responds, not why.</source>
        <translation>Нейросеть может ошибаться в обе стороны, чаще всего — на снимках, непохожих на те, по которым она училась. Тепловые карты показывают, где она откликается, но не почему.</translation>
    </message>
    <message>
        <source>Films stay on this computer. The program opens no network connection.</source>
        <translation>Снимки остаются на этом компьютере. Программа не выходит в сеть.</translation>
    </message>
    <message>
        <source>I have read this and will not use it for diagnosis</source>
        <translation>Прочитано; для диагностики использовать не буду</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Выход</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Начать</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>Mouse</source>
        <translation>Мышь</translation>
    </message>
    <message>
        <source>Negatoscope: keys and gestures</source>
        <translation>Negatoscope: клавиши и жесты</translation>
    </message>
</context>
<context>
    <name>Impression</name>
    <message>
        <source>Yes</source>
        <translation>Да</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Нет</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Не знаю</translation>
    </message>
</context>
<context>
    <name>ImpressionCard</name>
    <message>
        <source>Your read first</source>
        <translation>Сначала ваше чтение</translation>
    </message>
    <message>
        <source>Say what you see on the film; then the network&apos;s answer is shown.</source>
        <translation>Скажите, что вы видите на снимке; после этого появится ответ сети.</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Замечание</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Записать</translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>Commands and their keys</source>
        <translation>Команды и их клавиши</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>Новая клавиша</translation>
    </message>
    <message>
        <source>Usual key</source>
        <translation>По умолчанию</translation>
    </message>
    <message>
        <source>Usual keys for all</source>
        <translation>Все клавиши по умолчанию</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Команда</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Клавиши</translation>
    </message>
    <message>
        <source>Choose a command, then press its new key in the field.</source>
        <translation>Выберите команду и нажмите в поле её новую клавишу.</translation>
    </message>
    <message>
        <source>This key already means “{command}”, which would lose it.</source>
        <translation>Эта клавиша уже занята: «{command}»; там она пропадёт.</translation>
    </message>
    <message>
        <source>This key always means “{command}”; press another.</source>
        <translation>Эта клавиша закреплена: «{command}»; нажмите другую.</translation>
    </message>
    <message>
        <source>Take the key</source>
        <translation>Забрать клавишу</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Назначить</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>Без клавиши</translation>
    </message>
</context>
<context>
    <name>Magnifier</name>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>own window</source>
        <translation>своё окно</translation>
    </message>
</context>
<context>
    <name>Measure</name>
    <message>
        <source>{value} px</source>
        <translation>{value} пкс</translation>
    </message>
    <message>
        <source>{value} mm  {source}</source>
        <translation>{value} мм  {source}</translation>
    </message>
    <message>
        <source>{value} px²</source>
        <translation>{value} пкс²</translation>
    </message>
    <message>
        <source>{value} cm²  {source}</source>
        <translation>{value} см²  {source}</translation>
    </message>
    <message>
        <source>{value} mm²  {source}</source>
        <translation>{value} мм²  {source}</translation>
    </message>
    <message>
        <source>drawn by hand</source>
        <translation>построено вручную</translation>
    </message>
    <message>
        <source>Cobb {angle}</source>
        <translation>Кобб {angle}</translation>
    </message>
    <message>
        <source>Cardiothoracic ratio {ratio}</source>
        <translation>КТИ {ratio}</translation>
    </message>
    <message>
        <source>AP film: the heart looks wider than it is</source>
        <translation>Передне-задняя проекция: сердце кажется шире</translation>
    </message>
    <message>
        <source>heart {heart} px, chest {chest} px</source>
        <translation>сердце {heart} пкс, грудная клетка {chest} пкс</translation>
    </message>
    <message>
        <source>heart {heart} mm, chest {chest} mm  {source}</source>
        <translation>сердце {heart} мм, грудная клетка {chest} мм  {source}</translation>
    </message>
    <message>
        <source>proposed by the network</source>
        <translation>предложено нейросетью</translation>
    </message>
    <message>
        <source>proposed by the network, corrected by hand</source>
        <translation>предложено нейросетью, исправлено вручную</translation>
    </message>
    <message>
        <source>by the network, corrected by hand</source>
        <translation>нейросеть, исправлено вручную</translation>
    </message>
    <message>
        <source>mean {mean}  SD {sd}</source>
        <translation>среднее {mean}  СКО {sd}</translation>
    </message>
    <message>
        <source>min {low}  max {high}</source>
        <translation>мин. {low}  макс. {high}</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>{reason}</source>
        <translation>{reason}</translation>
    </message>
    <message>
        <source>No films were found there.</source>
        <translation>Снимков там не найдено.</translation>
    </message>
    <message>
        <source>{found} found, {opened} opened, {failed} failed.</source>
        <translation>Найдено: {found}, открыто: {opened}, не удалось: {failed}.</translation>
    </message>
    <message>
        <source>{found} found, {opened} opened, {already_open} were open already, {withdrawn} removed, {failed} failed.</source>
        <translation>Найдено: {found}, открыто: {opened}, уже были открыты: {already_open}, убрано: {withdrawn}, не удалось: {failed}.</translation>
    </message>
    <message>
        <source>{found} found, {opened} opened, {already_open} were open already, {failed} failed.</source>
        <translation>Найдено: {found}, открыто: {opened}, уже были открыты: {already_open}, не удалось: {failed}.</translation>
    </message>
    <message>
        <source>{found} found, {opened} opened, {withdrawn} removed, {failed} failed.</source>
        <translation>Найдено: {found}, открыто: {opened}, убрано: {withdrawn}, не удалось: {failed}.</translation>
    </message>
    <message>
        <source>{warning}</source>
        <translation>{warning}</translation>
    </message>
    <message>
        <source>Parts of this film&apos;s header are not usable ({count}); the pixels are shown.</source>
        <translation>Часть заголовка этого снимка непригодна ({count}); само изображение показано.</translation>
    </message>
    <message>
        <source>The clipboard holds no files and no path to one; copy a file or its path first.</source>
        <translation>В буфере обмена нет ни файлов, ни пути к файлу; сначала скопируйте файл или путь.</translation>
    </message>
    <message>
        <source>The picture could not be written to {folder}; choose another folder.</source>
        <translation>Не удалось записать изображение в {folder}; выберите другую папку.</translation>
    </message>
    <message>
        <source>The picture was saved as {name}.</source>
        <translation>Изображение сохранено под именем {name}.</translation>
    </message>
    <message>
        <source>The picture is on the clipboard.</source>
        <translation>Изображение скопировано в буфер обмена.</translation>
    </message>
    <message>
        <source>The network marks no heart and lungs here: draw the heart&apos;s width, then the chest&apos;s.</source>
        <translation>Нейросеть не выделила здесь сердце и лёгкие: проведите ширину сердца, затем ширину грудной клетки.</translation>
    </message>
    <message>
        <source>The scale needs a line of at least 10 pixels and its length in millimetres, a number above zero.</source>
        <translation>Для масштаба нужны линия не короче 10 пикселей и её длина в миллиметрах — число больше нуля.</translation>
    </message>
    <message>
        <source>Saved boxes of {films} film(s); {unjudged} box(es) of the network without your word are not among them.</source>
        <translation>Рамки сохранены, снимков: {films}; не вошли рамки сети без вашего решения: {unjudged}.</translation>
    </message>
    <message>
        <source>No box was drawn or judged in this sitting, so there is nothing to save.</source>
        <translation>В этом сеансе не нарисовано и не оценено ни одной рамки, сохранять нечего.</translation>
    </message>
    <message>
        <source>The boxes could not be written to {folder}; choose another folder.</source>
        <translation>Рамки не удалось записать в {folder}; выберите другую папку.</translation>
    </message>
    <message>
        <source>Read {boxes} box(es) onto {films} film(s); {missing} film(s) of the file were not seen in this sitting, {unknown} box(es) have an unknown finding.</source>
        <translation>Прочитано рамок: {boxes}, снимков: {films}; снимков из файла, не просмотренных в этом сеансе: {missing}; рамок с неизвестной находкой: {unknown}.</translation>
    </message>
    <message>
        <source>The table could not be written to {folder}; choose another folder.</source>
        <translation>Таблицу не удалось записать в {folder}; выберите другую папку.</translation>
    </message>
    <message>
        <source>The table was saved as {name}.</source>
        <translation>Таблица сохранена как {name}.</translation>
    </message>
    <message>
        <source>The key card could not be written to {folder}; choose another folder.</source>
        <translation>Не удалось записать памятку в {folder}; выберите другую папку.</translation>
    </message>
    <message>
        <source>The key card was saved as {name}.</source>
        <translation>Памятка сохранена под именем {name}.</translation>
    </message>
    <message>
        <source>Answer both questions first; then the network&apos;s answer is shown.</source>
        <translation>Сначала ответьте на оба вопроса; после этого появится ответ сети.</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Close this message</source>
        <translation>Закрыть это сообщение</translation>
    </message>
    <message>
        <source>Reasons</source>
        <translation>Причины</translation>
    </message>
</context>
<context>
    <name>Overlays</name>
    <message>
        <source>Sanity check: not made for this map.</source>
        <translation>Проверка этой карты не проводилась.</translation>
    </message>
    <message>
        <source>Sanity check passed: {value} like a map of random weights (n = {count}).</source>
        <translation>Проверка пройдена: сходство со случайными весами {value} (n = {count}).</translation>
    </message>
    <message>
        <source>Sanity check failed: {value} like a map of random weights (n = {count}).</source>
        <translation>Проверка не пройдена: сходство со случайными весами {value} (n = {count}).</translation>
    </message>
    <message>
        <source>Where the network responds to anything; often bright away from any lesion.</source>
        <translation>Где нейросеть откликается на что угодно; часто ярко вдали от любого очага.</translation>
    </message>
    <message>
        <source>What speaks for this finding and what against it; this map makes the answer.</source>
        <translation>Что говорит за эту находку и что против; из этой карты складывается ответ.</translation>
    </message>
    <message>
        <source>How likely each place is opaque lung; the boxes are made from this map.</source>
        <translation>Насколько вероятно затемнение лёгкого в каждой точке; по этой карте строятся рамки.</translation>
    </message>
</context>
<context>
    <name>OverlaysPanel</name>
    <message>
        <source>Boxes</source>
        <translation>Рамки</translation>
    </message>
    <message>
        <source>Lung outline</source>
        <translation>Контур лёгких</translation>
    </message>
    <message>
        <source>Heatmap</source>
        <translation>Тепловая карта</translation>
    </message>
    <message>
        <source>Boxes with their scores</source>
        <translation>Рамки с оценками</translation>
    </message>
    <message>
        <source>Outline of the lungs</source>
        <translation>Контур лёгких</translation>
    </message>
    <message>
        <source>Where the network responds</source>
        <translation>Где откликается нейросеть</translation>
    </message>
    <message>
        <source>Which map is laid over the film</source>
        <translation>Какая карта наложена на снимок</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Карта</translation>
    </message>
    <message>
        <source>How strongly the map covers the film</source>
        <translation>Насколько сильно карта закрывает снимок</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>Непрозрачность</translation>
    </message>
    <message>
        <source>Smoothing in pixels of the network&apos;s input; at the left end the model&apos;s own</source>
        <translation>Сглаживание в пикселях входа нейросети; крайнее левое положение — как задано в модели</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>Сглаживание</translation>
    </message>
    <message>
        <source>model&apos;s</source>
        <translation>модели</translation>
    </message>
</context>
<context>
    <name>PageDialog</name>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>What do you want to do?</source>
        <translation>Что нужно сделать?</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>Найти команду</translation>
    </message>
    <message>
        <source>Commands found</source>
        <translation>Найденные команды</translation>
    </message>
</context>
<context>
    <name>Placard</name>
    <message>
        <source>Reading the film …</source>
        <translation>Снимок читается…</translation>
    </message>
    <message>
        <source>This film cannot be shown</source>
        <translation>Этот снимок нельзя показать</translation>
    </message>
    <message>
        <source>From the list, or another pane by the line above its film.</source>
        <translation>Из списка или из другой ячейки — за строку над снимком.</translation>
    </message>
    <message>
        <source>Drag a film here</source>
        <translation>Перетащите сюда снимок</translation>
    </message>
    <message>
        <source>DICOM, PNG, JPEG, TIFF, BMP or WebP: files or whole folders.
Nothing you open leaves this computer.</source>
        <translation>DICOM, PNG, JPEG, TIFF, BMP или WebP: файлы или целые папки.
Ничто из открытого не покидает этот компьютер.</translation>
    </message>
    <message>
        <source>Drop films here</source>
        <translation>Перетащите снимки сюда</translation>
    </message>
    <message>
        <source>Drop films here or press {keys}</source>
        <translation>Перетащите снимки сюда или нажмите {keys}</translation>
    </message>
</context>
<context>
    <name>Priors</name>
    <message>
        <source>moves along</source>
        <translation>движется вместе</translation>
    </message>
    <message>
        <source>moves alone</source>
        <translation>движется отдельно</translation>
    </message>
    <message>
        <source>another patient</source>
        <translation>другой пациент</translation>
    </message>
    <message>
        <source>AP beside PA: the heart looks larger</source>
        <translation>AP рядом с PA: сердце кажется больше</translation>
    </message>
    <message>
        <source>PA beside AP: the heart looks smaller</source>
        <translation>PA рядом с AP: сердце кажется меньше</translation>
    </message>
    <message>
        <source>date unknown</source>
        <translation>дата неизвестна</translation>
    </message>
    <message>
        <source>same day</source>
        <translation>в тот же день</translation>
    </message>
    <message>
        <source>{n} d earlier</source>
        <translation>на {n} дн. раньше</translation>
    </message>
    <message>
        <source>{n} d later</source>
        <translation>на {n} дн. позже</translation>
    </message>
    <message>
        <source>{n} mo earlier</source>
        <translation>на {n} мес. раньше</translation>
    </message>
    <message>
        <source>{n} mo later</source>
        <translation>на {n} мес. позже</translation>
    </message>
    <message>
        <source>{n} y earlier</source>
        <translation>на {n} г. раньше</translation>
    </message>
    <message>
        <source>{n} y later</source>
        <translation>на {n} г. позже</translation>
    </message>
</context>
<context>
    <name>RecentMenu</name>
    <message>
        <source>Clear this list</source>
        <translation>Очистить список</translation>
    </message>
    <message>
        <source>Nothing has been opened yet</source>
        <translation>Ещё ничего не открывалось</translation>
    </message>
    <message>
        <source>&amp;{number}  Study {number}</source>
        <translation>&amp;{number}  Исследование {number}</translation>
    </message>
    <message>
        <source>{name} and {count} more</source>
        <translation>{name} и ещё {count}</translation>
    </message>
</context>
<context>
    <name>Rounds</name>
    <message>
        <source>Encrypted archive</source>
        <translation>Зашифрованный архив</translation>
    </message>
    <message>
        <source>an archive</source>
        <translation>архива</translation>
    </message>
    <message>
        <source>Password of {name}</source>
        <translation>Пароль: {name}</translation>
    </message>
    <message>
        <source>That password does not fit. Password of {name}</source>
        <translation>Этот пароль не подходит. Пароль для {name}</translation>
    </message>
</context>
<context>
    <name>SecondAnswer</name>
    <message>
        <source>A hedged second answer: a film alone never settles the cause.</source>
        <translation>Второй ответ — с оговоркой: по одному снимку причину не установить.</translation>
    </message>
    <message>
        <source>Area under the curve {value} on {films} (n = {count}).</source>
        <translation>Площадь под ROC-кривой {value} на {films} (n = {count}).</translation>
    </message>
</context>
<context>
    <name>Seen</name>
    <message>
        <source>What the network saw</source>
        <translation>Что видела нейросеть</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>The archive has no such file; it was changed since it was listed.</source>
        <translation>В архиве нет такого файла; архив изменился после составления списка.</translation>
    </message>
    <message>
        <source>The password does not fit; open the archive again and give the right one.</source>
        <translation>Пароль не подходит; откройте архив снова и введите правильный.</translation>
    </message>
    <message>
        <source>It is damaged inside the archive and cannot be unpacked; ask for it again.</source>
        <translation>Файл в архиве повреждён и не распаковывается; запросите его снова.</translation>
    </message>
    <message>
        <source>It is encrypted; open the archive again and give its password.</source>
        <translation>Файл зашифрован; откройте архив снова и введите пароль.</translation>
    </message>
    <message>
        <source>Archives are nested more than {0} deep; unpack the inner ones first.</source>
        <translation>Вложенность архивов больше {0}; сначала распакуйте внутренние.</translation>
    </message>
    <message>
        <source>The archives nested in it unpack to more than any medium holds; refused.</source>
        <translation>Вложенные архивы распаковываются в объём больше любого носителя; отклонено.</translation>
    </message>
    <message>
        <source>The ZIP archive is damaged; ask for it to be sent again.</source>
        <translation>ZIP-архив повреждён; попросите прислать его снова.</translation>
    </message>
    <message>
        <source>It unpacks to more than it states, as no honest archive does; refused.</source>
        <translation>Файл распаковывается в больший объём, чем заявлен, чего в исправном архиве не бывает; отклонено.</translation>
    </message>
    <message>
        <source>The archive lists more than {0} files; unpack a part of it.</source>
        <translation>В архиве больше {0} файлов; распакуйте его часть.</translation>
    </message>
    <message>
        <source>Its name points outside the archive, which no honest archive does; refused.</source>
        <translation>Имя файла указывает за пределы архива, чего в исправном архиве не бывает; отклонено.</translation>
    </message>
    <message>
        <source>It states {0} bytes packed into {1}; no film does, it was refused.</source>
        <translation>Заявлено {0} байт, упакованных в {1}; снимков таких не бывает, отклонено.</translation>
    </message>
    <message>
        <source>The image is in colour ({0}) and is shown as grey.</source>
        <translation>Изображение цветное ({0}) и показано в оттенках серого.</translation>
    </message>
    <message>
        <source>Red Palette Color Lookup Table Data (0028,1201) or its companions are broken; palette indices are shown.</source>
        <translation>Red Palette Color Lookup Table Data (0028,1201) или парные ей таблицы испорчены; показаны номера палитры.</translation>
    </message>
    <message>
        <source>Photometric Interpretation (0028,0004) is none that is known; the pixels are shown as MONOCHROME2.</source>
        <translation>Значение Photometric Interpretation (0028,0004) неизвестно; пиксели показаны как MONOCHROME2.</translation>
    </message>
    <message>
        <source>Shutter Shape (0018,1600) is given; the shutter is not applied, the whole image is shown.</source>
        <translation>Задана шторка Shutter Shape (0018,1600); она не применяется, показано всё изображение.</translation>
    </message>
    <message>
        <source>Overlay Data (60xx,3000): {0} overlay plane(s) of the file are not shown.</source>
        <translation>Overlay Data (60xx,3000): графические слои файла ({0}) не показаны.</translation>
    </message>
    <message>
        <source>Its sequences are nested too deeply to be read; no real film is built so.</source>
        <translation>Последовательности вложены слишком глубоко для чтения; настоящие снимки так не устроены.</translation>
    </message>
    <message>
        <source>The DICOM file is damaged ({0}); ask for the file to be sent again.</source>
        <translation>Файл DICOM повреждён ({0}); попросите прислать его снова.</translation>
    </message>
    <message>
        <source>It is not a DICOMDIR, so it names no films; open the films themselves.</source>
        <translation>Это не DICOMDIR, снимки в нём не перечислены; откройте сами снимки.</translation>
    </message>
    <message>
        <source>The compressed pixels do not begin as {0} does; ask for the film again.</source>
        <translation>Сжатые пиксели начинаются не так, как {0}; запросите снимок снова.</translation>
    </message>
    <message>
        <source>The run-length segments do not fit the image; the file is damaged, ask for it again.</source>
        <translation>Сегменты RLE не соответствуют изображению; файл повреждён, запросите его снова.</translation>
    </message>
    <message>
        <source>The compressed pixels hold another size than they state; ask for the film again.</source>
        <translation>Размер сжатого изображения не равен заявленному; запросите снимок снова.</translation>
    </message>
    <message>
        <source>The compressed pixel data are empty; ask for the file to be sent again.</source>
        <translation>Сжатые данные изображения пусты; попросите прислать файл снова.</translation>
    </message>
    <message>
        <source>Rows (0028,0010) and Columns (0028,0011) say {0} x {1}, but the compressed image has {2} x {3} pixels and is shown so.</source>
        <translation>По Rows (0028,0010) и Columns (0028,0011) размер {0} x {1}, но в сжатом изображении {2} x {3} пикселей; так оно и показано.</translation>
    </message>
    <message>
        <source>Samples per Pixel (0028,0002) says {0}, the compressed image has {1}.</source>
        <translation>Samples per Pixel (0028,0002): указано {0}, в сжатом изображении {1}.</translation>
    </message>
    <message>
        <source>The compressed image has {0} bits in {1} samples; no film has.</source>
        <translation>В сжатом изображении {0} бит и каналов: {1}; снимков таких не бывает.</translation>
    </message>
    <message>
        <source>Bits Stored (0028,0101) says {0}, but the compressed image uses up to {1}; they are shown.</source>
        <translation>Bits Stored (0028,0101): указано {0}, но в сжатом изображении занято до {1}; показаны все.</translation>
    </message>
    <message>
        <source>There is not enough memory for this film; close other films and retry.</source>
        <translation>Для этого снимка не хватает памяти; закройте другие снимки и повторите.</translation>
    </message>
    <message>
        <source>The compressed pixels ({0}) are damaged; ask for the film again.</source>
        <translation>Сжатые пиксели ({0}) повреждены; запросите снимок снова.</translation>
    </message>
    <message>
        <source>Frame {0} of {1} cannot be found in the compressed pixel data; the file is incomplete or damaged, ask for it again.</source>
        <translation>Кадр {0} из {1} не найден в сжатых данных; файл неполон или повреждён, запросите его снова.</translation>
    </message>
    <message>
        <source>Transfer Syntax UID (0002,0010) says {0}, but the pixels are {1}; they were read as found.</source>
        <translation>Transfer Syntax UID (0002,0010): указано {0}, но пиксели — {1}; прочитаны как есть.</translation>
    </message>
    <message>
        <source>The file cannot be read ({0}); check its permissions or the medium.</source>
        <translation>Файл не читается ({0}); проверьте права доступа или носитель.</translation>
    </message>
    <message>
        <source>it is a pipe or a device, not a file</source>
        <translation>это канал или устройство, а не файл</translation>
    </message>
    <message>
        <source>The file is not there any more; check whether it was moved or deleted.</source>
        <translation>Файла больше нет на месте; проверьте, не перемещён ли он и не удалён ли.</translation>
    </message>
    <message>
        <source>Its pixels are compressed as {0} (transfer syntax {1}), which is not supported; export the film again as uncompressed, JPEG, JPEG-LS or JPEG 2000.</source>
        <translation>Пиксели сжаты как {0} (синтаксис передачи {1}), это не поддерживается; экспортируйте снимок без сжатия, в JPEG, JPEG-LS или JPEG 2000.</translation>
    </message>
    <message>
        <source>It is a DICOM object without an image ({0}), so there is no film to show.</source>
        <translation>Это объект DICOM без изображения ({0}), показывать нечего.</translation>
    </message>
    <message>
        <source>Frame {0} was asked for, but the film has {1}.</source>
        <translation>Запрошен кадр {0}, а в снимке кадров: {1}.</translation>
    </message>
    <message>
        <source>It describes an image of {0} x {1} pixels but ends before the pixels; the file was not transferred completely, ask for it again.</source>
        <translation>Описано изображение {0} x {1} пикселей, но файл кончается раньше; он передан не полностью, запросите его снова.</translation>
    </message>
    <message>
        <source>Transfer Syntax UID (0002,0010) says the pixels are not compressed, but they are; they are read as found.</source>
        <translation>По Transfer Syntax UID (0002,0010) пиксели не сжаты, но они сжаты; прочитаны как есть.</translation>
    </message>
    <message>
        <source>No DICOM data set can be made out in it; ask for the file to be sent again.</source>
        <translation>Набор данных DICOM в файле не распознаётся; попросите прислать файл снова.</translation>
    </message>
    <message>
        <source>The DICOM file ends before its data set; ask for the file to be sent again.</source>
        <translation>Файл DICOM кончается раньше набора данных; попросите прислать его снова.</translation>
    </message>
    <message>
        <source>{0} holds something that is not a number; it is ignored.</source>
        <translation>{0}: значение не является числом; оно не учитывается.</translation>
    </message>
    <message>
        <source>{0} is not a sequence and is ignored.</source>
        <translation>{0}: это не последовательность; значение не учитывается.</translation>
    </message>
    <message>
        <source>The DICOM header is damaged ({0}); ask for the file to be sent again.</source>
        <translation>Заголовок DICOM повреждён ({0}); попросите прислать файл снова.</translation>
    </message>
    <message>
        <source>{0} cannot be read ({1}) and is ignored.</source>
        <translation>{0} не читается ({1}) и не учитывается.</translation>
    </message>
    <message>
        <source>Bits Allocated (0028,0100) is {0}; {1} is assumed.</source>
        <translation>Bits Allocated (0028,0100) равно {0}; принято {1}.</translation>
    </message>
    <message>
        <source>Photometric Interpretation (0028,0004) is missing; {0} is assumed, the greys may be inverted.</source>
        <translation>Photometric Interpretation (0028,0004) отсутствует; принято {0}, яркость может быть инвертирована.</translation>
    </message>
    <message>
        <source>Bits Stored (0028,0101) is {0} of {1}; all {2} are used.</source>
        <translation>Bits Stored (0028,0101): {0} из {1}; использованы все {2}.</translation>
    </message>
    <message>
        <source>High Bit (0028,0102) is {0} and impossible; {1} is used.</source>
        <translation>High Bit (0028,0102) равно {0}, чего не может быть; использовано {1}.</translation>
    </message>
    <message>
        <source>Number of Frames (0028,0008) is {0}; one frame is assumed.</source>
        <translation>Number of Frames (0028,0008) равно {0}; принят один кадр.</translation>
    </message>
    <message>
        <source>The image claims {0} x {1} pixels in {2} bytes, which no film does; it was refused.</source>
        <translation>Заявлено изображение {0} x {1} пикселей в {2} байтах, чего не бывает; отклонено.</translation>
    </message>
    <message>
        <source>The image says it is {0} x {1} pixels with {2} samples each, so there is nothing to show; ask for the file to be sent again.</source>
        <translation>По заголовку изображение {0} x {1} пикселей, каналов {2}: показывать нечего; попросите прислать файл снова.</translation>
    </message>
    <message>
        <source>The image says it is {0} x {1} pixels with {2} samples each, above the limit of {3} megapixels and {4} samples; it is damaged or not a film.</source>
        <translation>По заголовку изображение {0} x {1} пикселей, каналов {2} — выше предела ({3} мегапикселей, каналов {4}); файл повреждён или это не снимок.</translation>
    </message>
    <message>
        <source>Both {0} and {1} are given; the table is used.</source>
        <translation>Заданы и {0}, и {1}; использована таблица.</translation>
    </message>
    <message>
        <source>{0} is 0, which would erase the image; stored values are shown.</source>
        <translation>{0} равно 0, изображение исчезло бы; показаны исходные значения.</translation>
    </message>
    <message>
        <source>{0} {1} and {2} {3} are absurd; stored values are shown.</source>
        <translation>{0} {1} и {2} {3} невозможны; показаны исходные значения.</translation>
    </message>
    <message>
        <source>{0} would blank the whole film; it is ignored.</source>
        <translation>{0}: пустым стал бы весь снимок; значение не учитывается.</translation>
    </message>
    <message>
        <source>The pixel data break off: {0} of {1} bytes are there; the file was not transferred completely, ask for it again.</source>
        <translation>Данные изображения обрываются: есть {0} из {1} байт; файл передан не полностью, запросите его снова.</translation>
    </message>
    <message>
        <source>The pixel data break off while reading; check the medium and try again.</source>
        <translation>Данные изображения обрываются при чтении; проверьте носитель и повторите.</translation>
    </message>
    <message>
        <source>It is the table of contents of a DICOM medium; open the folder it lies in.</source>
        <translation>Это оглавление носителя DICOM; откройте папку, в которой оно лежит.</translation>
    </message>
    <message>
        <source>It is a ZIP archive; unpack it and open the folder.</source>
        <translation>Это ZIP-архив; распакуйте его и откройте папку.</translation>
    </message>
    <message>
        <source>The file is empty; it was probably not transferred completely, ask for it again.</source>
        <translation>Файл пуст; вероятно, он передан не полностью, запросите его снова.</translation>
    </message>
    <message>
        <source>It is a folder; open the films inside it.</source>
        <translation>Это папка; откройте снимки, лежащие в ней.</translation>
    </message>
    <message>
        <source>It is no DICOM file and no image that is known here; check that it is the right file.</source>
        <translation>Это не DICOM и не известный здесь формат изображения; проверьте, тот ли это файл.</translation>
    </message>
    <message>
        <source>It is a {0}, not a film; export the film as DICOM, PNG, JPEG or TIFF.</source>
        <translation>Это {0}, а не снимок; экспортируйте снимок в DICOM, PNG, JPEG или TIFF.</translation>
    </message>
    <message>
        <source>{0} does not name two directions of the patient; the orientation is unknown.</source>
        <translation>{0} не называет двух направлений тела пациента; ориентация неизвестна.</translation>
    </message>
    <message>
        <source>{0} is {1} mm, which cannot be; it is not used for measuring.</source>
        <translation>{0}: {1} мм, чего не может быть; для измерений не используется.</translation>
    </message>
    <message>
        <source>{0} is {1}, which cannot be; lengths hold at the detector.</source>
        <translation>{0} равно {1}, чего не может быть; длины даны на детекторе.</translation>
    </message>
    <message>
        <source>{0} says the pixels are not square ({1}:{2}); they are shown square.</source>
        <translation>{0}: пиксели не квадратные ({1}:{2}); они показаны квадратными.</translation>
    </message>
    <message>
        <source>Page {0} was asked for, but the file has {1}.</source>
        <translation>Запрошена страница {0}, а в файле страниц: {1}.</translation>
    </message>
    <message>
        <source>The {0} claims to be larger than any film; it was refused.</source>
        <translation>Заявленный размер {0} больше любого снимка; отклонено.</translation>
    </message>
    <message>
        <source>The {0} image is damaged and cannot be decoded; ask for the file to be sent again.</source>
        <translation>Изображение {0} повреждено и не декодируется; попросите прислать файл снова.</translation>
    </message>
    <message>
        <source>The image is in colour and is shown as grey.</source>
        <translation>Изображение цветное и показано в оттенках серого.</translation>
    </message>
    <message>
        <source>The deflated data set claims more than {0} MiB; it is no film and was refused.</source>
        <translation>Сжатый набор данных занял бы больше {0} МиБ; это не снимок, отклонено.</translation>
    </message>
    <message>
        <source>The deflated data set is damaged and cannot be unpacked; ask for the file to be resent.</source>
        <translation>Сжатый набор данных повреждён и не распаковывается; попросите прислать файл снова.</translation>
    </message>
    <message>
        <source>{0} is not used: {1}.</source>
        <translation>{0} не используется: {1}.</translation>
    </message>
    <message>
        <source>its LUT Descriptor (0028,3002) does not hold three numbers</source>
        <translation>в LUT Descriptor (0028,3002) не три числа</translation>
    </message>
    <message>
        <source>its LUT Descriptor (0028,3002) says {0} bits per entry</source>
        <translation>LUT Descriptor (0028,3002) указывает {0} бит на запись</translation>
    </message>
    <message>
        <source>its LUT Data (0028,3006) hold fewer than the {0} entries promised</source>
        <translation>в LUT Data (0028,3006) меньше обещанных записей ({0})</translation>
    </message>
    <message>
        <source>It is not a DICOM file, so it has no tags to show.</source>
        <translation>Это не файл DICOM, тегов в нём нет.</translation>
    </message>
    <message>
        <source>Its sequences are nested too deeply to be listed; no real film is built so.</source>
        <translation>Последовательности вложены слишком глубоко для показа; настоящие снимки так не устроены.</translation>
    </message>
    <message>
        <source>it is far wider than the film&apos;s values {0} to {1}</source>
        <translation>оно гораздо шире значений снимка, от {0} до {1}</translation>
    </message>
    <message>
        <source>it lies outside the film&apos;s values {0} to {1}</source>
        <translation>оно лежит вне значений снимка, от {0} до {1}</translation>
    </message>
    <message>
        <source>{0} has {1} values, {2} has {3}; only pairs are used.</source>
        <translation>{0}: значений {1}, {2}: значений {3}; использованы только пары.</translation>
    </message>
    <message>
        <source>{0} is none of the defined terms; LINEAR is used.</source>
        <translation>{0}: значение не предусмотрено стандартом; использовано LINEAR.</translation>
    </message>
    <message>
        <source>the width must be at least 1</source>
        <translation>ширина должна быть не меньше 1</translation>
    </message>
    <message>
        <source>the width must be positive</source>
        <translation>ширина должна быть положительной</translation>
    </message>
    <message>
        <source>{0} {1} contradicts {2} {3}; low values are shown white, press I if bones are dark.</source>
        <translation>{0} {1} противоречит {2} {3}; низкие значения показаны белым, нажмите I, если кости тёмные.</translation>
    </message>
    <message>
        <source>{0} {1} at center {2} is not used: {3}.</source>
        <translation>{0} {1} с центром {2} не используется: {3}.</translation>
    </message>
    <message>
        <source>{0} is missing though names hold letters beyond ASCII; they were guessed.</source>
        <translation>{0} отсутствует, хотя в именах есть буквы вне ASCII; кодировка угадана.</translation>
    </message>
    <message>
        <source>{0} is unknown; accented letters in names may be wrong.</source>
        <translation>{0}: кодировка неизвестна; буквы в именах могут быть искажены.</translation>
    </message>
    <message>
        <source>The feature map {0} is missing; put it back beside the weights.</source>
        <translation>Нет карты признаков {0}; верните её к файлу весов.</translation>
    </message>
    <message>
        <source>{0} is not a usable feature map: {1}.</source>
        <translation>{0} — непригодная карта признаков: {1}.</translation>
    </message>
    <message>
        <source>The film has fewer than 256 pixels on a side, too few to judge it.</source>
        <translation>Сторона снимка меньше 256 пикселей — слишком мало для оценки.</translation>
    </message>
    <message>
        <source>The picture holds almost no contrast, so there is nothing to judge.</source>
        <translation>В изображении почти нет контраста, оценивать нечего.</translation>
    </message>
    <message>
        <source>This is, or looks like, a lateral film; only frontal films are judged.</source>
        <translation>Это боковая проекция или снимок так выглядит; оцениваются только прямые.</translation>
    </message>
    <message>
        <source>No chest was recognised from the front; only frontal chest films are judged.</source>
        <translation>Грудная клетка в прямой проекции не распознана; оцениваются только прямые снимки грудной клетки.</translation>
    </message>
    <message>
        <source>This is, or looks like, a cross-sectional image; only plain chest films are judged.</source>
        <translation>Это срез (КТ или МРТ) или снимок так выглядит; оцениваются только обзорные снимки грудной клетки.</translation>
    </message>
    <message>
        <source>This looks like a photograph or a drawing; if it shows a film, open the film&apos;s own file.</source>
        <translation>Похоже на фотографию или рисунок; если на ней снимок, откройте файл самого снимка.</translation>
    </message>
    <message>
        <source>The greys were inverted; the network was shown the film with black and white exchanged.</source>
        <translation>Снимок инвертирован; сети он показан с обменом чёрного и белого.</translation>
    </message>
    <message>
        <source>The film lay on its side; the network was shown it turned to the left.</source>
        <translation>Снимок лежит на боку; сети он показан повёрнутым влево.</translation>
    </message>
    <message>
        <source>The film stood on its head; the network was shown it turned over.</source>
        <translation>Снимок перевёрнут; сети он показан повёрнутым на пол-оборота.</translation>
    </message>
    <message>
        <source>The film lay on its side; the network was shown it turned to the right.</source>
        <translation>Снимок лежит на боку; сети он показан повёрнутым вправо.</translation>
    </message>
    <message>
        <source>The greys seem to be inverted; have the film inverted and analysed.</source>
        <translation>Похоже, снимок инвертирован; его можно инвертировать и проанализировать.</translation>
    </message>
    <message>
        <source>The film lies on its side; have it turned to the left and analysed.</source>
        <translation>Снимок лежит на боку; его можно повернуть влево и проанализировать.</translation>
    </message>
    <message>
        <source>The film stands on its head; have it turned over and analysed.</source>
        <translation>Снимок перевёрнут; его можно повернуть на пол-оборота и проанализировать.</translation>
    </message>
    <message>
        <source>The film lies on its side; have it turned to the right and analysed.</source>
        <translation>Снимок лежит на боку; его можно повернуть вправо и проанализировать.</translation>
    </message>
    <message>
        <source>The file {0} in {1} cannot be used ({2}); move it away and restart.</source>
        <translation>Файл {0} в {1} нельзя использовать ({2}); уберите его и запустите программу снова.</translation>
    </message>
    <message>
        <source>The patient is, or looks, younger than 16 years; only films of adults are judged.</source>
        <translation>Пациенту меньше 16 лет или снимок так выглядит; оцениваются только снимки взрослых.</translation>
    </message>
    <message>
        <source>The film of {0} x {1} pixels is too long and thin for the network; crop it first.</source>
        <translation>Снимок {0} x {1} пикселей слишком вытянут для нейросети; сначала обрежьте его.</translation>
    </message>
    <message>
        <source>The weights file {0} is missing; put it back or choose another.</source>
        <translation>Файл весов {0} отсутствует; верните его или выберите другой.</translation>
    </message>
    <message>
        <source>{0} has {1} bytes, more than any network here; choose another.</source>
        <translation>В {0} {1} байт — больше любой здешней нейросети; выберите другой файл.</translation>
    </message>
    <message>
        <source>{0} has {1} bytes but its card says {2}: it is truncated or another file; download it again.</source>
        <translation>В {0} {1} байт, а по паспорту {2}: файл обрезан или это другой файл; загрузите его снова.</translation>
    </message>
    <message>
        <source>{0} is not the file its card describes (the hash differs); download it again.</source>
        <translation>{0} — не тот файл, что описан в паспорте (хеш не совпадает); загрузите его снова.</translation>
    </message>
    <message>
        <source>{0} needs architecture version {1}, but this program has version {2}; install the matching release.</source>
        <translation>Для {0} нужна архитектура версии {1}, а в программе версия {2}; установите подходящий выпуск.</translation>
    </message>
    <message>
        <source>{0} and its card disagree about the layer {1}; export it again.</source>
        <translation>{0} и паспорт расходятся в слое {1}; экспортируйте заново.</translation>
    </message>
    <message>
        <source>{0} is not a readable safetensors file ({1}); download it again.</source>
        <translation>{0} не читается как файл safetensors ({1}); загрузите его снова.</translation>
    </message>
    <message>
        <source>The card of {0} names an architecture that cannot be built: {1}</source>
        <translation>Паспорт {0} называет архитектуру, которую нельзя построить: {1}</translation>
    </message>
    <message>
        <source>The view layer in {0} is not valid: {1}.</source>
        <translation>Слой проекций в {0} непригоден: {1}.</translation>
    </message>
    <message>
        <source>The layer {0} in {1} has not the shape its card names; export it again.</source>
        <translation>Слой {0} в {1} имеет не ту форму, что в паспорте; экспортируйте заново.</translation>
    </message>
    <message>
        <source>The layer {0} in {1} holds numbers that are not finite.</source>
        <translation>В слое {0} файла {1} есть бесконечные или неопределённые числа.</translation>
    </message>
    <message>
        <source>Research and education only; not for diagnosis.</source>
        <translation>Только для исследований и обучения; не для диагностики.</translation>
    </message>
    <message>
        <source>The model card {0} is not valid: {1}; restore or export it again.</source>
        <translation>Паспорт модели {0} непригоден: {1}; восстановите или экспортируйте его заново.</translation>
    </message>
    <message>
        <source>a class map must have its finding&apos;s threshold</source>
        <translation>у карты класса должен быть порог её находки</translation>
    </message>
    <message>
        <source>the disclaimer must be the house&apos;s own</source>
        <translation>оговорка должна быть принятой здесь</translation>
    </message>
    <message>
        <source>This installation has no network; reinstall it or name a weights file.</source>
        <translation>В этой установке нет нейросети; переустановите программу или укажите файл весов.</translation>
    </message>
    <message>
        <source>The model card {0} has layout {1}, but this program reads {2}.</source>
        <translation>Паспорт модели {0} имеет формат {1}, а программа читает {2}.</translation>
    </message>
    <message>
        <source>The model card {0} is larger than any card; restore the file.</source>
        <translation>Паспорт модели {0} больше любого паспорта; восстановите файл.</translation>
    </message>
    <message>
        <source>The weights have no model card {0} beside them; put it back or choose others.</source>
        <translation>Рядом с весами нет паспорта модели {0}; верните его или выберите другие веса.</translation>
    </message>
    <message>
        <source>it cannot be read ({0})</source>
        <translation>он не читается ({0})</translation>
    </message>
    <message>
        <source>it is not JSON</source>
        <translation>это не JSON</translation>
    </message>
    <message>
        <source>What was kept for this film cannot be understood ({0}); it hangs as if it were new.</source>
        <translation>Сохранённое для этого снимка не читается ({0}); он показан как новый.</translation>
    </message>
    <message>
        <source>{0} was written by a newer version (schema {1}); update the application.</source>
        <translation>{0} записан более новой версией (схема {1}); обновите программу.</translation>
    </message>
    <message>
        <source>Nothing could be kept in {0} ({1}); check that the disk is not full or read-only.</source>
        <translation>Не удалось ничего записать в {0} ({1}); проверьте, не заполнен ли диск и доступен ли он для записи.</translation>
    </message>
    <message>
        <source>The options in {0} cannot be read; defaults are used.</source>
        <translation>Настройки в {0} не читаются; взяты значения по умолчанию.</translation>
    </message>
    <message>
        <source>The options in {0} are damaged; defaults are used and replace them on closing.</source>
        <translation>Настройки в {0} повреждены; взяты значения по умолчанию, при закрытии они их заменят.</translation>
    </message>
    <message>
        <source>The options cannot be written to {0}; check that folder&apos;s permissions.</source>
        <translation>Настройки не записываются в {0}; проверьте права доступа к папке.</translation>
    </message>
    <message>
        <source>Reading it crashed its decoder, twice; it is damaged or hostile, ask for it again.</source>
        <translation>При чтении декодер аварийно завершился, дважды; файл повреждён или вредоносен, запросите его снова.</translation>
    </message>
    <message>
        <source>Reading it came to no end, twice; it is damaged, or its disk does not answer.</source>
        <translation>Чтение не закончилось, дважды; файл повреждён, или не отвечает диск.</translation>
    </message>
    <message>
        <source>It is the table of contents of a DICOM medium and names {0} films, which are listed.</source>
        <translation>Это оглавление носителя DICOM, в нём названо снимков: {0}; они в списке.</translation>
    </message>
    <message>
        <source>It is a document or a program, not a film.</source>
        <translation>Это документ или программа, а не снимок.</translation>
    </message>
    <message>
        <source>It is a ZIP archive that holds no files.</source>
        <translation>Это архив ZIP без файлов.</translation>
    </message>
    <message>
        <source>An unexpected {0} stopped this film; please report it.</source>
        <translation>Непредвиденная ошибка {0} остановила этот снимок; пожалуйста, сообщите о ней.</translation>
    </message>
    <message>
        <source>There was not enough memory for this film; read fewer at a time.</source>
        <translation>Для этого снимка не хватило памяти; читайте меньше снимков одновременно.</translation>
    </message>
    <message>
        <source>The same film as {0}.</source>
        <translation>Тот же снимок, что и {0}.</translation>
    </message>
    <message>
        <source>It is waiting to be analysed.</source>
        <translation>Он ждёт анализа.</translation>
    </message>
    <message>
        <source>{0} holds no boxes in COCO JSON; choose another file.</source>
        <translation>В файле {0} нет рамок в формате COCO JSON; выберите другой файл.</translation>
    </message>
    <message>
        <source>The network&apos;s answer belongs to another film and was thrown away; analyse this film again.</source>
        <translation>Ответ нейросети относится к другому снимку и отброшен; проанализируйте этот снимок снова.</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Общие</translation>
    </message>
    <message>
        <source>Mouse</source>
        <translation>Мышь</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Клавиши</translation>
    </message>
    <message>
        <source>As the computer&apos;s</source>
        <translation>Как в системе</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Весь</translation>
    </message>
    <message>
        <source>Without patient and study</source>
        <translation>Без пациента и исследования</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Нет</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
    <message>
        <source>Text on films</source>
        <translation>Текст на снимках</translation>
    </message>
    <message>
        <source>Hide names and dates</source>
        <translation>Скрыть имена и даты</translation>
    </message>
    <message>
        <source>The fastest that works</source>
        <translation>Самое быстрое из доступного</translation>
    </message>
    <message>
        <source>Processor (CPU)</source>
        <translation>Процессор (CPU)</translation>
    </message>
    <message>
        <source>The network runs on</source>
        <translation>Нейросеть считает на</translation>
    </message>
    <message>
        <source>Analyse films as they are opened</source>
        <translation>Анализировать снимки при открытии</translation>
    </message>
    <message>
        <source>Memory for films</source>
        <translation>Память для снимков</translation>
    </message>
    <message>
        <source>Unread films rise after</source>
        <translation>Непрочитанные наверх через</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> МБ</translation>
    </message>
    <message>
        <source> min</source>
        <translation> мин</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Никогда</translation>
    </message>
    <message>
        <source>Window and level</source>
        <translation>Окно и уровень</translation>
    </message>
    <message>
        <source>Move the film</source>
        <translation>Сдвинуть снимок</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Масштаб</translation>
    </message>
    <message>
        <source>Drag with the left button</source>
        <translation>Левая кнопка</translation>
    </message>
    <message>
        <source>Drag with the middle button</source>
        <translation>Средняя кнопка</translation>
    </message>
    <message>
        <source>Drag with the right button</source>
        <translation>Правая кнопка</translation>
    </message>
    <message>
        <source>To the right</source>
        <translation>Вправо</translation>
    </message>
    <message>
        <source>To the left</source>
        <translation>Влево</translation>
    </message>
    <message>
        <source>The window widens</source>
        <translation>Окно расширяется</translation>
    </message>
    <message>
        <source>Upwards</source>
        <translation>Вверх</translation>
    </message>
    <message>
        <source>Downwards</source>
        <translation>Вниз</translation>
    </message>
    <message>
        <source>The film brightens</source>
        <translation>Снимок светлеет</translation>
    </message>
    <message>
        <source>Pace of the window</source>
        <translation>Скорость окна</translation>
    </message>
</context>
<context>
    <name>Sitting</name>
    <message>
        <source>Something unforeseen happened ({kind}); a report was written, please send it.</source>
        <translation>Произошла непредвиденная ошибка ({kind}); отчёт записан, пожалуйста, отправьте его.</translation>
    </message>
</context>
<context>
    <name>Stages</name>
    <message>
        <source>Waking the network…</source>
        <translation>Загружается нейросеть…</translation>
    </message>
    <message>
        <source>Preparing the film…</source>
        <translation>Снимок готовится…</translation>
    </message>
    <message>
        <source>The network looks at the film…</source>
        <translation>Нейросеть смотрит снимок…</translation>
    </message>
    <message>
        <source>Drawing the maps…</source>
        <translation>Строятся карты…</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Research and education only. Not for diagnosis.</source>
        <translation>Только для исследований и обучения. Не для диагностики.</translation>
    </message>
    <message>
        <source>Films: {count}</source>
        <translation>Снимков: {count}</translation>
    </message>
    <message>
        <source>still to read: {count}</source>
        <translation>осталось прочитать: {count}</translation>
    </message>
    <message>
        <source>failed: {count}</source>
        <translation>с ошибкой: {count}</translation>
    </message>
</context>
<context>
    <name>Summary</name>
    <message>
        <source>Above threshold</source>
        <translation>Выше порога</translation>
    </message>
    <message>
        <source>Uncertain</source>
        <translation>Неопределённо</translation>
    </message>
    <message>
        <source>Below threshold</source>
        <translation>Ниже порога</translation>
    </message>
    <message>
        <source>Not assessable</source>
        <translation>Не оценивается</translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation>Просмотрено</translation>
    </message>
    <message>
        <source>{finding}: the same on {agreed} of {films} films</source>
        <translation>{finding}: одинаково на {agreed} из {films} снимков</translation>
    </message>
    <message>
        <source>, Cohen&apos;s κ {kappa}</source>
        <translation>, κ Коэна {kappa}</translation>
    </message>
    <message>
        <source>; you were unsure on {count}</source>
        <translation>; вы не были уверены на {count}</translation>
    </message>
    <message>
        <source>Network and your own reading</source>
        <translation>Сеть и ваше собственное чтение</translation>
    </message>
    <message>
        <source>A file</source>
        <translation>Файл</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Не удалось</translation>
    </message>
    <message>
        <source>Films by score</source>
        <translation>Снимки по оценке</translation>
    </message>
</context>
<context>
    <name>SummaryDialog</name>
    <message>
        <source>Summary</source>
        <translation>Сводка</translation>
    </message>
    <message>
        <source>Open all above threshold</source>
        <translation>Открыть все выше порога</translation>
    </message>
    <message>
        <source>Save table…</source>
        <translation>Сохранить таблицу…</translation>
    </message>
</context>
<context>
    <name>TagsDialog</name>
    <message>
        <source>Tags</source>
        <translation>Теги</translation>
    </message>
    <message>
        <source>Search number, name or value</source>
        <translation>Искать номер, название или значение</translation>
    </message>
    <message>
        <source>Search the tags</source>
        <translation>Поиск по тегам</translation>
    </message>
    <message>
        <source>Copy value</source>
        <translation>Копировать значение</translation>
    </message>
    <message>
        <source>Copy the value of this row (Ctrl+C)</source>
        <translation>Копировать значение этой строки (Ctrl+C)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Тег</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>VR</source>
        <translation>VR</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Значение</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>скрыто</translation>
    </message>
    <message>
        <source>private</source>
        <translation>частный</translation>
    </message>
    <message>
        <source>No tag holds these letters.</source>
        <translation>Таких букв нет ни в одном теге.</translation>
    </message>
    <message>
        <source>Names, dates, identifiers and private values are hidden.</source>
        <translation>Имена, даты, идентификаторы и частные значения скрыты.</translation>
    </message>
</context>
<context>
    <name>Vocabulary</name>
    <message>
        <source>Lung opacity</source>
        <translation>Затемнение лёгких</translation>
    </message>
    <message>
        <source>Ground glass or consolidation seen in a lung.</source>
        <translation>Матовое стекло или консолидация в лёгком.</translation>
    </message>
    <message>
        <source>COVID-19</source>
        <translation>COVID-19</translation>
    </message>
    <message>
        <source>Opacity of the kind seen in COVID-19; a film alone never settles the cause.</source>
        <translation>Затемнение такого вида, как при COVID-19; по одному снимку причину не установить.</translation>
    </message>
    <message>
        <source>Intensity after layer 19 (not class-specific)</source>
        <translation>Отклик слоя 19 (не привязан к классу)</translation>
    </message>
    <message>
        <source>Intensity after layer 19</source>
        <translation>Отклик слоя 19</translation>
    </message>
    <message>
        <source>Smoothed intensity after layer 19 (not class-specific)</source>
        <translation>Сглаженный отклик слоя 19 (не привязан к классу)</translation>
    </message>
    <message>
        <source>Smoothed intensity after layer 19</source>
        <translation>Сглаженный отклик слоя 19</translation>
    </message>
    <message>
        <source>Class map</source>
        <translation>Карта класса</translation>
    </message>
    <message>
        <source>Opacity probability</source>
        <translation>Вероятность затемнения</translation>
    </message>
    <message>
        <source>Lungs</source>
        <translation>Лёгкие</translation>
    </message>
    <message>
        <source>Heart</source>
        <translation>Сердце</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Films</source>
        <translation>Снимки</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Находки</translation>
    </message>
    <message>
        <source>Overlays</source>
        <translation>Наложения</translation>
    </message>
    <message>
        <source>Drawings</source>
        <translation>Построения</translation>
    </message>
    <message>
        <source>Feature map</source>
        <translation>Карта признаков</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Film {number}</source>
        <translation>Снимок {number}</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} ч {minutes} мин</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} мин</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} с</translation>
    </message>
    <message>
        <source>Cannot be opened</source>
        <translation>Не открывается</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Читается…</translation>
    </message>
    <message>
        <source>Analysing…</source>
        <translation>Идёт анализ…</translation>
    </message>
    <message>
        <source>Not assessable</source>
        <translation>Не подлежит оценке</translation>
    </message>
    <message>
        <source>Read it first</source>
        <translation>Сначала прочтите</translation>
    </message>
    <message>
        <source>Analysis failed</source>
        <translation>Анализ не удался</translation>
    </message>
    <message>
        <source>Analysis cancelled</source>
        <translation>Анализ отменён</translation>
    </message>
    <message>
        <source>Not analysed</source>
        <translation>Не проанализирован</translation>
    </message>
    <message>
        <source>Below threshold</source>
        <translation>Ниже порога</translation>
    </message>
    <message>
        <source>Uncertain</source>
        <translation>Сомнительно</translation>
    </message>
    <message>
        <source>Above threshold</source>
        <translation>Выше порога</translation>
    </message>
</context>
<context>
    <name>Worklist</name>
    <message>
        <source>{opened} opened + {duplicate} duplicate + {other} other + {failed} failed</source>
        <translation>открыто {opened} + повторов {duplicate} + прочих {other} + неудач {failed}</translation>
    </message>
    <message>
        <source>{parts} + {waiting} waiting</source>
        <translation>{parts} + ждут {waiting}</translation>
    </message>
    <message>
        <source>{found} found = {parts}</source>
        <translation>найдено {found} = {parts}</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Все</translation>
    </message>
    <message>
        <source>Unread</source>
        <translation>Непрочитанные</translation>
    </message>
    <message>
        <source>Above threshold</source>
        <translation>Выше порога</translation>
    </message>
    <message>
        <source>Failed, not assessable</source>
        <translation>Неудачи, не оценённые</translation>
    </message>
    <message>
        <source>Duplicates, not films</source>
        <translation>Повторы, не снимки</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Film</source>
        <translation>Снимок</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Оценка</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>Признак</translation>
    </message>
    <message>
        <source>Extent</source>
        <translation>Площадь</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Пациент</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Дата</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Проекция</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Ожидание</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>В очереди</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Читается…</translation>
    </message>
    <message>
        <source>Analysing…</source>
        <translation>Анализ…</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Готово</translation>
    </message>
    <message>
        <source>Not assessable</source>
        <translation>Не оценивается</translation>
    </message>
    <message>
        <source>Read it first</source>
        <translation>Сначала прочтите</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Повтор</translation>
    </message>
    <message>
        <source>Not a film</source>
        <translation>Не снимок</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Неудача</translation>
    </message>
    <message>
        <source>✓ {state}</source>
        <translation>✓ {state}</translation>
    </message>
</context>
<context>
    <name>WorklistPanel</name>
    <message>
        <source>Search the list</source>
        <translation>Поиск по списку</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Поиск</translation>
    </message>
    <message>
        <source>Which films are shown</source>
        <translation>Какие снимки показаны</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Стоп</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Сводка</translation>
    </message>
    <message>
        <source>Save table…</source>
        <translation>Сохранить таблицу…</translation>
    </message>
    <message>
        <source>Worklist</source>
        <translation>Список работы</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Пауза</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Приостановлено</translation>
    </message>
    <message>
        <source>Working…</source>
        <translation>Идёт работа…</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>осталось {time}</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Остановлено</translation>
    </message>
</context>
</TS>
